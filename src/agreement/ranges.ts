/** Groups that are ranges of numbers or of dates: their edges, what each range is called, and where it begins and ends. */
import { z } from 'zod';

/** Most edges of one column. */
export const MAX_EDGES = 63;

const ascending = (edges: readonly (number | string)[]) =>
  edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number | string));
const ASCENDING = { message: 'edges of ranges must ascend' };

/** Numbers, or dates `1950-01-01`, smallest first. Range 0 lies below the first edge, range i from edge i - 1 up to, and without, edge i. */
export const rangeEdgesSchema = z.union([
  z.array(z.number()).min(1).max(MAX_EDGES).refine(ascending, ASCENDING),
  z.array(z.iso.date()).min(1).max(MAX_EDGES).refine(ascending, ASCENDING),
]);
export type RangeEdges = z.infer<typeof rangeEdgesSchema>;

export function areDates(edges: RangeEdges): edges is string[] {
  return typeof edges[0] === 'string';
}

/** The range that holds a value: how many edges are not above it. */
export function rangeOf<Edge extends number | string>(edges: readonly Edge[], value: Edge): number {
  const above = edges.findIndex((edge) => edge > value);
  return above < 0 ? edges.length : above;
}

/** The outermost ranges are open: nothing says where they end. */
export function isOpen(edges: RangeEdges, range: number): boolean {
  return range === 0 || range === edges.length;
}

/** What the agreement calls a range, such as `18 to under 65`, `65 and over`, `1950 to 1969`. */
export function rangeLabel(edges: RangeEdges, range: number): string {
  return areDates(edges) ? dateLabel(edges, range) : numberLabel(edges, range);
}

/** Every range's label, the open ones at both ends among them. */
export function rangeLabels(edges: RangeEdges): string[] {
  return Array.from({ length: edges.length + 1 }, (_, range) => rangeLabel(edges, range));
}

function numberLabel(edges: readonly number[], range: number): string {
  const [from, to] = [edges[range - 1], edges[range]];
  if (from === undefined) return `under ${to}`;
  return to === undefined ? `${from} and over` : `${from} to under ${to}`;
}

const NEW_YEAR = /-01-01$/;

function dateLabel(edges: readonly string[], range: number): string {
  const years = edges.every((edge) => NEW_YEAR.test(edge));
  const written = (day: string) => (years ? day.slice(0, 4) : day);
  const [from, to] = [edges[range - 1], edges[range]];
  if (from === undefined) return `before ${written(to as string)}`;
  if (to === undefined) return `${written(from)} and later`;
  const [first, last] = [written(from), written(dayBefore(to))];
  return first === last ? first : `${first} to ${last}`;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** Where the ranges begin and end that these labels name first, one edge more than ranges; dates as years (1950.5 is the middle of 1950). */
export function namedEdges(edges: RangeEdges, labels: readonly string[]): number[] | undefined {
  const all = rangeLabels(edges);
  const first = all.indexOf(labels[0] ?? '');
  if (first < 0) return undefined;
  let end = first;
  while (end < all.length && all[end] === labels[end - first]) end++;
  const places: readonly number[] = areDates(edges) ? edges.map(yearOf) : edges;
  return [Number.NEGATIVE_INFINITY, ...places, Number.POSITIVE_INFINITY].slice(first, end + 1);
}

function yearOf(day: string): number {
  const year = Number(day.slice(0, 4));
  const [begin, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  return year + (Date.parse(day) - begin) / (end - begin);
}
