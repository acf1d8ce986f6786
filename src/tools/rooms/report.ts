/** What the imports of `src` are, held against the floors, and drawn. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { circles, type Graph, graphOf, withoutImplied } from './circles.ts';
import { type FileImport, importedNames, readImports, sourceFiles } from './imports.ts';
import { FLOORS, isTest, OWNED_PACKAGES, objection, PARSING_CALLS, ROOMS_OF_TRUST, roomOf } from './rooms.ts';

const ofProduction = (imports: readonly FileImport[]) => imports.filter(({ from }) => !isTest(from));

/** Every import that the floors forbid, every circle of files or folders, and every package in a wrong room, in words. */
export function problemsOf(root: string): string[] {
  const imports = readImports(root);
  const production = ofProduction(imports);
  const inCircles = (what: string, edges: [string, string][]) =>
    circles(graphOf(edges)).map((circle) => `a circle of ${what}: ${circle.join(', ')}`);
  return [
    ...imports.flatMap(({ from, to }) => objection(from, to) ?? []),
    ...inCircles(
      'files',
      production.map(({ from, to }) => [from, to]),
    ),
    ...inCircles(
      'folders',
      production.map(({ from, to }) => [dirname(from), dirname(to)]),
    ),
    ...packagesOutOfPlace(root),
    ...parsedElsewhere(root),
  ];
}

function packagesOutOfPlace(root: string): string[] {
  return sourceFiles(root)
    .filter((file) => !isTest(file))
    .flatMap((file) =>
      importedNames(file, readFileSync(join(root, file), 'utf8')).flatMap((name) => {
        const owner = OWNED_PACKAGES[name.split('/')[0] ?? ''];
        if (owner === undefined || owner === roomOf(file)) return [];
        return `${file} imports ${name}, which only src/${owner} does`;
      }),
    );
}

function parsedElsewhere(root: string): string[] {
  return sourceFiles(root)
    .filter((file) => !isTest(file) && !ROOMS_OF_TRUST.has(roomOf(file)))
    .filter((file) => PARSING_CALLS.test(readFileSync(join(root, file), 'utf8')))
    .map((file) => `${file} parses what others wrote by itself: use checked or readJson of src/parsing`);
}

/** Room to room, tests left out. */
export function roomGraph(root: string): Graph {
  return graphOf(ofProduction(readImports(root)).map(({ from, to }) => [roomOf(from), roomOf(to)] as const));
}

/** The picture in ARCHITECTURE.md: rooms by floor, and the arrows that no longer way implies. */
export function drawRooms(root: string): string {
  const graph = withoutImplied(roomGraph(root));
  const floors = FLOORS.map((rooms, floor) => {
    const there = rooms.filter((room) => graph.has(room));
    return [`  subgraph floor${floor}[" "]`, ...there.map((room) => `    ${room}`), '  end'].join('\n');
  }).reverse();
  const arrows = [...graph]
    .flatMap(([from, targets]) => [...targets].map((to) => `  ${from} --> ${to}`))
    .sort()
    .join('\n');
  return ['```mermaid', 'flowchart TD', ...floors, arrows, '```'].join('\n');
}
