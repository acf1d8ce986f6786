/** The digest of a built app: which code it is, for whoever serves it, whoever opens it, and whoever builds it again. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

const PAGE = 'index.html';
/** Whoever serves the app writes it: no part of the code. */
const SETTINGS = 'config.json';
/** What the page says of itself; in its place the digest stands in a built page, and is left out of itself. */
const PLACE = /(<meta name="blindjoin-build" content=")[^"]*(")/;
const UNBUILT = '$1development$2';

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function contentOf(folder: string, file: string): Buffer {
  const content = readFileSync(join(folder, file));
  return file === PAGE ? Buffer.from(content.toString('utf8').replace(PLACE, UNBUILT)) : content;
}

/**
 * SHA-256, in hex, over the lines `SHA-256 of a file in hex, two blanks, its path`, each with a line feed, of all files in
 * `folder` but `config.json`, in the order of their paths' UTF-16 units: what `sha256sum` prints, where the page is as before
 * {@link writeDigest}.
 */
export function digestOf(folder: string): string {
  const lines = filesIn(folder)
    .filter((file) => file !== SETTINGS)
    .sort()
    .map((file) => `${createHash('sha256').update(contentOf(folder, file)).digest('hex')}  ${file}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** Has the page in `folder` say the digest of that folder; gives it. */
export function writeDigest(folder: string): string {
  const digest = digestOf(folder);
  const page = join(folder, PAGE);
  const text = readFileSync(page, 'utf8');
  if (!PLACE.test(text)) throw new Error(`${page} has no place for the digest of the build`);
  writeFileSync(page, text.replace(PLACE, `$1${digest}$2`));
  return digest;
}

/** At the end of a build, after everything else that writes files. */
export function buildDigest(): Plugin {
  let folder = '';
  let written = false;
  return {
    name: 'build-digest',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    writeBundle() {
      written = true;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        // A build that failed closes too: what it failed of is the error to show.
        if (!written) return;
        console.log(`Digest of this build: ${writeDigest(folder)}`);
      },
    },
  };
}
