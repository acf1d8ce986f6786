/**
 * `npm run release -- VERSION`: checks that the tree is clean and the suite passes, cuts the changelog, commits and tags,
 * builds, packs the tarball, and prints the digests by which others know that they have the same.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { digestOf } from '../../machine/build-digest.ts';
import { checkVersion, cutChangelog, ReleaseError } from './changelog.ts';

const CHANGELOG = 'CHANGELOG.md';

interface Options {
  readonly suite: 'test:all' | 'test' | 'none';
  readonly to: string;
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'inherit' });
}

function output(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' }).trim();
}

function requireClean(when: string): void {
  const changed = output('git', 'status', '--porcelain');
  if (changed !== '') throw new ReleaseError(`${when}, files differ from the last commit:\n${changed}`);
}

function currentVersion(): string {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
}

/** Commits the version and its changelog, and tags the commit. Gives the tag. */
function cut(version: string): string {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(CHANGELOG, cutChangelog(readFileSync(CHANGELOG, 'utf8'), version, date));
  run('npm', 'version', '--no-git-tag-version', version);
  run('git', 'commit', '--quiet', '--message', `Cut ${version}`, CHANGELOG, 'package.json', 'package-lock.json');
  const tag = `v${version}`;
  run('git', 'tag', '--annotate', '--message', `Blindjoin ${version}`, tag);
  return tag;
}

/** Packs what a server and a command need. Gives the lines of `sha256sum`. */
function pack(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const [packed] = JSON.parse(output('npm', 'pack', '--json', '--pack-destination', folder)) as { filename: string }[];
  if (packed === undefined) throw new ReleaseError('npm pack gave no file');
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, packed.filename)))
    .digest('hex');
  const sums = `${digest}  ${packed.filename}\n`;
  writeFileSync(join(folder, `${packed.filename}.sha256`), sums);
  return sums;
}

function release(version: string, { suite, to }: Options): void {
  checkVersion(version, currentVersion());
  requireClean('Before a release');
  // Refused before the suite has run for half an hour.
  cutChangelog(readFileSync(CHANGELOG, 'utf8'), version, '');
  if (output('git', 'tag', '--list', `v${version}`) !== '')
    throw new ReleaseError(`The tag v${version} is there already.`);
  if (suite === 'none') console.log('The suite was not run.');
  else run('npm', 'run', suite);
  requireClean('After the suite');
  const tag = cut(version);
  run('npm', 'run', 'build');
  requireClean('After the build');
  const sums = pack(to);
  console.log(`\nTagged ${tag} at ${output('git', 'rev-parse', 'HEAD')}. Push it with: git push --follow-tags`);
  console.log(`Digest of the app (dist), as its pages say it: ${digestOf('dist')}`);
  console.log(`Tarball in ${to}: ${sums}`);
}

const program = new Command('release')
  .description('Cuts a version: changelog, commit, tag, tarball and digests. Pushes nothing.')
  .argument('<version>', 'three whole numbers, such as 1.4.0')
  .addOption(
    new Option('--suite <name>', 'what must pass first').choices(['test:all', 'test', 'none']).default('test:all'),
  )
  .option('--to <folder>', 'where the tarball goes', 'test-results/release');
program.parse();
try {
  release(program.args[0] ?? '', program.opts<Options>());
} catch (error) {
  program.error(`error: ${error instanceof Error ? error.message : String(error)}`);
}
