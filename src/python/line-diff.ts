/** Differences between two texts, line by line, in the formats of Python's difflib, which anonlink-client prints. */

/** Lines `from`..`fromEnd` of the first text stand where lines `to`..`toEnd` of the second do; ends excluded. */
export interface Change {
  readonly kind: 'equal' | 'replace' | 'delete' | 'insert';
  readonly from: number;
  readonly fromEnd: number;
  readonly to: number;
  readonly toEnd: number;
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/** A text's lines, each with its line end. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The longest run of equal lines within bounds: the first in the first text, then in the second. */
function longestRun(
  first: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [from, fromEnd, to, toEnd]: readonly [number, number, number, number],
): Block {
  let best: Block = { from, to, size: 0 };
  let ending = new Map<number, number>();
  for (let i = from; i < fromEnd; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(first[i] ?? '') ?? []) {
      if (j < to || j >= toEnd) continue;
      const size = (ending.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { from: i - size + 1, to: j - size + 1, size };
    }
    ending = next;
  }
  return best;
}

/** Runs of equal lines, by the longest run first and then on both its sides (Ratcliff and Metzener 1988). */
function equalRuns(first: readonly string[], second: readonly string[]): Block[] {
  const places = new Map<string, number[]>();
  second.forEach((line, j) => {
    const known = places.get(line);
    if (known) known.push(j);
    else places.set(line, [j]);
  });
  const found: Block[] = [];
  const open: [number, number, number, number][] = [[0, first.length, 0, second.length]];
  for (let bounds = open.pop(); bounds; bounds = open.pop()) {
    const run = longestRun(first, places, bounds);
    if (run.size === 0) continue;
    found.push(run);
    open.push([bounds[0], run.from, bounds[2], run.to], [run.from + run.size, bounds[1], run.to + run.size, bounds[3]]);
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The changes that make the second text of the first, equal runs among them, in order. */
export function lineChanges(first: readonly string[], second: readonly string[]): Change[] {
  const changes: Change[] = [];
  let from = 0;
  let to = 0;
  const add = (kind: Change['kind'], fromEnd: number, toEnd: number): void => {
    const last = changes.at(-1);
    if (last?.kind === kind) changes[changes.length - 1] = { ...last, fromEnd, toEnd };
    else if (fromEnd > from || toEnd > to) changes.push({ kind, from, fromEnd, to, toEnd });
    from = fromEnd;
    to = toEnd;
  };
  for (const run of [...equalRuns(first, second), { from: first.length, to: second.length, size: 0 }]) {
    if (run.from > from || run.to > to) {
      add(run.to === to ? 'delete' : run.from === from ? 'insert' : 'replace', run.from, run.to);
    }
    if (run.size > 0) add('equal', run.from + run.size, run.to + run.size);
  }
  return changes;
}

/** Changes with `context` lines around them, those near each other together. */
function groups(changes: readonly Change[], context: number): Change[][] {
  const found: Change[][] = [];
  let group: Change[] = [];
  changes.forEach((change, i) => {
    if (change.kind !== 'equal') {
      group.push(change);
      return;
    }
    const { from, fromEnd, to, toEnd } = change;
    const isFirst = i === 0;
    const isLast = i === changes.length - 1;
    const size = fromEnd - from;
    const head = Math.min(size, isLast || !isFirst ? context : 0);
    const tail = Math.min(size, isFirst || !isLast ? context : 0);
    if (!isFirst && !isLast && size <= 2 * context) {
      group.push(change);
      return;
    }
    if (!isFirst) {
      group.push({ ...change, fromEnd: from + head, toEnd: to + head });
      found.push(group);
      group = [];
    }
    if (!isLast) group.push({ ...change, from: fromEnd - tail, to: toEnd - tail });
  });
  if (group.some(({ kind }) => kind !== 'equal')) found.push(group);
  return found.filter((members) => members.some(({ kind }) => kind !== 'equal'));
}

function bounds(group: readonly Change[]): readonly [number, number, number, number] {
  const first = group[0];
  const last = group.at(-1);
  return [first?.from ?? 0, last?.fromEnd ?? 0, first?.to ?? 0, last?.toEnd ?? 0];
}

const prefixed = (lines: readonly string[], prefix: string): string => lines.map((line) => prefix + line).join('');

/** All lines: `  ` of both texts, `- ` of the first, `+ ` of the second. */
export function wholeDiff(first: readonly string[], second: readonly string[]): string {
  return lineChanges(first, second)
    .map(({ kind, from, fromEnd, to, toEnd }) =>
      kind === 'equal'
        ? prefixed(first.slice(from, fromEnd), '  ')
        : prefixed(first.slice(from, fromEnd), '- ') + prefixed(second.slice(to, toEnd), '+ '),
    )
    .join('');
}

/** What stands over a diff: the files with their dates. */
export interface DiffLabels {
  readonly first: string;
  readonly second: string;
}

/** Unified format; empty where there is no difference. */
export function unifiedDiff(
  first: readonly string[],
  second: readonly string[],
  labels: DiffLabels,
  context: number,
): string {
  const range = (start: number, end: number): string => {
    const size = end - start;
    return size === 1 ? `${start + 1}` : `${size === 0 ? start : start + 1},${size}`;
  };
  const hunks = groups(lineChanges(first, second), context).map((group) => {
    const [from, fromEnd, to, toEnd] = bounds(group);
    const lines = group.map((change) =>
      change.kind === 'equal'
        ? prefixed(first.slice(change.from, change.fromEnd), ' ')
        : prefixed(first.slice(change.from, change.fromEnd), '-') +
          prefixed(second.slice(change.to, change.toEnd), '+'),
    );
    return `@@ -${range(from, fromEnd)} +${range(to, toEnd)} @@\n${lines.join('')}`;
  });
  return hunks.length === 0 ? '' : `--- ${labels.first}\n+++ ${labels.second}\n${hunks.join('')}`;
}

/** Context format; empty where there is no difference. */
export function contextDiff(
  first: readonly string[],
  second: readonly string[],
  labels: DiffLabels,
  context: number,
): string {
  const range = (start: number, end: number): string => {
    const size = end - start;
    return size <= 1 ? `${size === 0 ? start : start + 1}` : `${start + 1},${end}`;
  };
  const marks = { equal: '  ', replace: '! ', delete: '- ', insert: '+ ' } as const;
  const hunks = groups(lineChanges(first, second), context).map((group) => {
    const [from, fromEnd, to, toEnd] = bounds(group);
    const removes = group.some(({ kind }) => kind === 'replace' || kind === 'delete');
    const adds = group.some(({ kind }) => kind === 'replace' || kind === 'insert');
    const before = group.map((change) => prefixed(first.slice(change.from, change.fromEnd), marks[change.kind]));
    const after = group.map((change) => prefixed(second.slice(change.to, change.toEnd), marks[change.kind]));
    return [
      '***************\n',
      `*** ${range(from, fromEnd)} ****\n`,
      removes ? before.join('') : '',
      `--- ${range(to, toEnd)} ----\n`,
      adds ? after.join('') : '',
    ].join('');
  });
  return hunks.length === 0 ? '' : `*** ${labels.first}\n--- ${labels.second}\n${hunks.join('')}`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`).replace(/\n$/, '');

/** A page with the two texts side by side. */
export function htmlDiff(first: readonly string[], second: readonly string[], labels: DiffLabels): string {
  const rows = lineChanges(first, second).flatMap(({ kind, from, fromEnd, to, toEnd }) =>
    Array.from({ length: Math.max(fromEnd - from, toEnd - to) }, (_, i) => {
      const cell = (lines: readonly string[], at: number, end: number, mark: string): string =>
        at < end ? `<td${kind === 'equal' ? '' : ` class="${mark}"`}>${escaped(lines[at] ?? '')}</td>` : '<td></td>';
      return `<tr>${cell(first, from + i, fromEnd, 'removed')}${cell(second, to + i, toEnd, 'added')}</tr>\n`;
    }),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Two schemas</title>
<style>td, th { font-family: monospace; white-space: pre; text-align: left; padding: 0 1em } .removed { background: #fdd } .added { background: #dfd }</style>
<table>
<tr><th>${escaped(labels.first)}</th><th>${escaped(labels.second)}</th></tr>
${rows.join('')}</table>
</html>
`;
}
