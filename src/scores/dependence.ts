/**
 * Which fields hang together in a list: who lives in one street lives in one town, too, so that the second agreement says less than the first.
 * Fields form trees, pairs with the highest mutual information first (Chow and Liu, Approximating discrete probability
 * distributions with dependence trees, 1968), here of whether two records agree in them.
 */
import type { MatchRecords } from '../keys/records.ts';

/** A field's place in its tree. */
export interface Dependence {
  /** The field that it hangs on; -1 where it hangs on none. */
  readonly parent: number;
  /** By record: the chance that somebody who shares its value in the parent shares its value in this field. */
  readonly withParent: Float32Array<ArrayBuffer>;
  /** By record: how many records that is said of, imagined ones among them. */
  readonly sharing: Float32Array<ArrayBuffer>;
  /** The same of all records together, beyond what chance makes of it. */
  readonly kept: number;
}

/**
 * Fields hang together where so many pairs of records agree in both, so many times as many as chance makes, and so many standard deviations
 * more.
 */
const FEWEST_PAIRS = 10;
const LEAST_LIFT = 1.3;
const LEAST_DEVIATIONS = 5;

/** Few who share a record's value in the parent say little: as many imagined ones are as those of all records together. */
const IMAGINED = 10;

interface Link {
  readonly fields: readonly [number, number];
  readonly information: number;
  /** Of pairs of records with both fields, the share that agrees in both. */
  readonly both: number;
}

/** One of each field, and an order in which no field comes before its parent. */
export interface Dependences {
  readonly fields: readonly Dependence[];
  readonly order: readonly number[];
}

export function dependenceOf(records: MatchRecords): Dependences {
  const { fields, values, codes, rows } = records;
  const agree = codes.map((column) => agreement(column));
  const links = fields.flatMap((_, a) =>
    fields.slice(a + 1).flatMap((__, i): Link[] => {
      const b = a + 1 + i;
      const joint = jointCodes(codes[a] as Uint32Array, codes[b] as Uint32Array, values[b]?.length ?? 1);
      const { rate: both, pairs } = agreement(joint);
      const [p, q] = [agree[a]?.rate ?? 0, agree[b]?.rate ?? 0];
      const expected = both === 0 ? 0 : (pairs * p * q) / both;
      const surprising = Math.max(LEAST_LIFT * expected, expected + LEAST_DEVIATIONS * Math.sqrt(expected));
      if (pairs < Math.max(FEWEST_PAIRS, surprising)) return [];
      return [{ fields: [a, b], both, information: information(p, q, both) }];
    }),
  );
  const { parents, order } = treesOf(
    fields.length,
    links,
    agree.map(({ rate }) => rate),
  );
  const made = parents.map((link, field): Dependence => {
    if (link === undefined) return { parent: -1, withParent: new Float32Array(), sharing: new Float32Array(), kept: 0 };
    const parent = link.fields[0] === field ? link.fields[1] : link.fields[0];
    const among = link.both / (agree[parent]?.rate ?? 1);
    const usual = agree[field]?.rate ?? 0;
    // Rows without a value count for one of the two rates only, which may make more of the pairs agree than there are.
    const more = Math.min(1, Math.max(0, (among - usual) / Math.max(1e-9, 1 - usual)));
    const [above, own] = [codes[parent] as Uint32Array, codes[field] as Uint32Array];
    const joints = jointCodes(above, own, values[field]?.length ?? 1);
    const jointCount = counts(joints);
    const parentCount = counts(above.map((code, row) => (own[row] === 0 ? 0 : code)));
    const sharing = Float32Array.from(above, (code) => parentCount.of(code) - 1 + IMAGINED);
    const withParent = Float32Array.from({ length: rows }, (_, row) => {
      const [code, aboveCode] = [own[row] as number, above[row] as number];
      if (code === 0 || aboveCode === 0) return 0;
      const imagined = more + (1 - more) * usual;
      return (jointCount.of(joints[row] as number) - 1 + IMAGINED * imagined) / (sharing[row] as number);
    });
    return { parent, withParent, sharing, kept: more };
  });
  return { fields: made, order };
}

/** One number for two codes; 0 where either is empty. */
function jointCodes(first: Uint32Array, second: Uint32Array, seconds: number): Float64Array {
  return Float64Array.from(first, (code, row) => {
    const other = second[row] as number;
    return code === 0 || other === 0 ? 0 : code * seconds + other;
  });
}

function counts(codes: ArrayLike<number>): {
  of(code: number): number;
  all(): IterableIterator<number>;
  filled: number;
} {
  const byCode = new Map<number, number>();
  let filled = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code === 0) continue;
    byCode.set(code, (byCode.get(code) ?? 0) + 1);
    filled++;
  }
  return { of: (code) => byCode.get(code) ?? 0, all: () => byCode.values(), filled };
}

/** Of pairs of rows with a code, how many have the same, and which share that is. */
function agreement(codes: ArrayLike<number>): { pairs: number; rate: number } {
  const { all, filled } = counts(codes);
  let pairs = 0;
  for (const count of all()) pairs += (count * (count - 1)) / 2;
  return { pairs, rate: filled < 2 ? 0 : pairs / ((filled * (filled - 1)) / 2) };
}

/** Mutual information, in nats, of two agreements with these rates, and `both` of agreement in both. */
function information(p: number, q: number, both: number): number {
  const term = (joint: number, independent: number) => (joint <= 0 ? 0 : joint * Math.log(joint / independent));
  return (
    term(both, p * q) +
    term(p - both, p * (1 - q)) +
    term(q - both, (1 - p) * q) +
    term(1 - p - q + both, (1 - p) * (1 - q))
  );
}

/** The heaviest trees; each is hung up at its field that agrees least often. */
function treesOf(
  fields: number,
  links: readonly Link[],
  rates: readonly number[],
): { readonly parents: (Link | undefined)[]; readonly order: number[] } {
  const tree = Array.from({ length: fields }, (_, field) => field);
  const kept: Link[] = [];
  for (const link of [...links].sort((a, b) => b.information - a.information)) {
    const [a, b] = link.fields.map((field) => tree[field]) as [number, number];
    if (a === b) continue;
    for (let field = 0; field < fields; field++) if (tree[field] === b) tree[field] = a;
    kept.push(link);
  }
  const parents = new Array<Link | undefined>(fields).fill(undefined);
  const order: number[] = [];
  const visit = (field: number) => {
    order.push(field);
    for (const link of kept) {
      if (!link.fields.includes(field)) continue;
      const child = link.fields[0] === field ? link.fields[1] : link.fields[0];
      if (order.includes(child)) continue;
      parents[child] = link;
      visit(child);
    }
  };
  const byRate = [...rates.keys()].sort((a, b) => (rates[a] as number) - (rates[b] as number));
  for (const root of byRate) if (!order.includes(root)) visit(root);
  return { parents, order };
}
