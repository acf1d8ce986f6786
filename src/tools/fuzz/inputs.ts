/** Hostile inputs: random bytes, and well-formed ones with bytes or values changed. Every input is a byte string. */
import fc from 'fast-check';

type Edit = readonly [
  kind: 'set' | 'flip' | 'cut' | 'remove' | 'repeat' | 'insert' | 'number',
  at: number,
  value: number,
];

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.tuple(
    fc.constantFrom('set', 'flip', 'cut', 'remove', 'repeat', 'insert', 'number'),
    fc.nat(),
    fc.oneof(fc.nat(255), fc.nat(), fc.constantFrom(0xffff_ffff, 0x7fff_ffff, 0x8000_0000)),
  ),
  { minLength: 1, maxLength: 8 },
);

function edited(bytes: Uint8Array, [kind, at, value]: Edit): Uint8Array {
  if (bytes.length === 0) return Uint8Array.of(value);
  const place = at % bytes.length;
  const length = 1 + (value % 16);
  const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const copy = bytes.slice();
  switch (kind) {
    case 'set':
      copy[place] = value;
      return copy;
    case 'flip':
      copy[place] = (copy[place] as number) ^ (1 << (value % 8));
      return copy;
    case 'cut':
      return bytes.subarray(0, place);
    case 'remove':
      return join(bytes.subarray(0, place), bytes.subarray(place + length));
    case 'repeat':
      return join(bytes.subarray(0, place + length), bytes.subarray(place));
    case 'insert':
      return join(bytes.subarray(0, place), new Uint8Array(length).fill(value), bytes.subarray(place));
    case 'number':
      if (copy.length < 4) return Uint8Array.of(value);
      new DataView(copy.buffer).setUint32(Math.min(place, copy.length - 4), value >>> 0);
      return copy;
  }
}

/** Random bytes, and the seeds after up to eight edits. */
export function hostileBytes(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const mutated = fc
    .tuple(fc.nat(seeds.length - 1), edits)
    .map(([seed, changes]) => changes.reduce(edited, Uint8Array.from(seeds[seed] as Uint8Array)));
  return fc.oneof({ arbitrary: mutated, weight: 5 }, { arbitrary: fc.uint8Array({ maxLength: 200 }), weight: 1 });
}

const oddities: readonly unknown[] = [
  null,
  true,
  '',
  'x'.repeat(300),
  'ä\u0000\ud800',
  'ff'.repeat(16),
  'FF'.repeat(32),
  'stun:x',
  [],
  {},
  [[[]]],
  { constructor: 1, toString: 2, length: 3 },
  -1,
  0,
  1,
  0.5,
  33,
  65,
  65_536,
  4_000_000,
  1e15,
  1e308,
  -1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];

type Place = { readonly holder: Record<string, unknown>; readonly key: string };

function places(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...places(holder[key])]);
}

/** JSON values made of well-formed ones by up to four changes: a value replaced, left out, added to, or repeated. */
export function hostileJson(seeds: readonly unknown[]): fc.Arbitrary<unknown> {
  const change = fc.tuple(
    fc.constantFrom('replace', 'replace', 'remove', 'add', 'repeat', 'jsonValue'),
    fc.nat(),
    fc.nat(oddities.length - 1),
    fc.jsonValue({ maxDepth: 3 }),
  );
  return fc.tuple(fc.nat(seeds.length - 1), fc.array(change, { minLength: 1, maxLength: 4 })).map(([seed, changes]) => {
    const root: Record<string, unknown> = { root: structuredClone(seeds[seed]) };
    for (const [kind, at, oddity, json] of changes) {
      const all = places(root);
      const { holder, key } = all[at % all.length] as Place;
      const value = holder[key];
      if (kind === 'replace') holder[key] = structuredClone(oddities[oddity]);
      else if (kind === 'jsonValue') holder[key] = json;
      else if (kind === 'remove' && key !== 'root') delete holder[key];
      else if (kind === 'add' && typeof value === 'object' && value !== null) Object.assign(value, { extra: oddity });
      else if (kind === 'repeat' && Array.isArray(value)) {
        holder[key] = Array.from(
          { length: Math.min(300, 2 * value.length + oddity) },
          (_, i) => value[i % value.length],
        );
      }
    }
    return root.root;
  });
}

/** Several byte strings as one: each after its length, u16. */
export function joinRecords(records: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(records.flatMap((record) => [record.length >> 8, record.length & 255, ...record]));
}

/** The other way round, for any bytes. */
export function splitRecords(bytes: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const length = (bytes[at] as number) * 256 + (bytes[at + 1] as number);
    records.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return records;
}
