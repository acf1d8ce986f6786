/** Which file imports which, read from the source of `src`. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { parseSync } from 'oxc-parser';

/** An import of one file by another, both as paths from the root of the project. */
export interface FileImport {
  readonly from: string;
  readonly to: string;
}

const SOURCE = /\.tsx?$/;
/** A worker's file is named by its address, not by an import. */
const WORKER_ADDRESS = /new URL\(\s*'(\.[^']*\.tsx?)'/g;

/** Every TypeScript file under `folder`, as paths from `root` with forward slashes. */
export function sourceFiles(root: string, folder = 'src'): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** What a file's text names: packages as they are written, files of the project as written too. */
export function importedNames(file: string, text: string): string[] {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const names = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^['"`](.*)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
      return literal?.[1] ?? [];
    }),
    ...[...text.matchAll(WORKER_ADDRESS)].map((match) => match[1] ?? ''),
  ];
  return [...new Set(names)];
}

/** All imports between TypeScript files under `src`, types included. */
export function readImports(root: string): FileImport[] {
  const files = new Set(sourceFiles(root));
  return [...files].flatMap((from) =>
    importedNames(from, readFileSync(join(root, from), 'utf8'))
      .filter((name) => name.startsWith('.'))
      .map((name) => ({
        from,
        to: normalize(join(dirname(from), name))
          .split(sep)
          .join('/'),
      }))
      .filter(({ to }) => files.has(to)),
  );
}
