import { describe, expect, it } from 'vitest';
import { KEY_SOURCES, type KeySource, type MatchField } from '../agreement/match-field.ts';
import { recordsOf } from '../testing/made-up-records.ts';
import { countAgreements } from './agreement-count.ts';
import { createBandKeyer, SALT_BYTES } from './band-keys.ts';
import { designKeys } from './design.ts';
import { ERROR_MODEL, expectationOf, expectedRecall } from './expectation.ts';
import { seededRandom } from './random.ts';

const seed = '0123456789abcdef'.repeat(2);
const random = seededRandom([7]);
const word = (length: number) => Array.from({ length }, () => random.pick([...'abcdefghijklmnopqrst'])).join('');
const TYPES: MatchField['type'][] = ['name', 'name', 'text', 'code', 'name'];
const EMPTY = 0.1;
const ROWS = 2000;

/** A value as the model damages it between one record of a person and another. */
function damaged(value: string): string {
  if (random.unit() < ERROR_MODEL.other) return word(8);
  return [...value].map((character) => (random.unit() < ERROR_MODEL.slip ? word(1) : character)).join('');
}
const some = (value: string) => (random.unit() < EMPTY ? '' : value);

/** The true share of people whose records agree in t bands or more, in files that are damaged as the model says. */
function trueShares(source: KeySource, bands: number) {
  const people = Array.from({ length: ROWS }, () => TYPES.map(() => word(8)));
  const data = recordsOf(
    TYPES,
    people.map((values) => values.map(some)),
  );
  const list = recordsOf(
    TYPES,
    people.map((values) => values.map((value) => some(damaged(value)))),
  );
  const design = designKeys(data, source, seed, bands);
  const keysOf = (records: typeof data) => {
    const keyer = createBandKeyer(records, seed);
    return (band: number) =>
      keyer.keys(design, design.bands[band] as (typeof design.bands)[number], band, new Uint8Array(SALT_BYTES));
  };
  const candidates = countAgreements(keysOf(list), keysOf(data), bands);
  const own = candidates.filter((candidate) => candidate.list === candidate.data);
  return { design, fields: data.fields, share: (t: number) => own.filter((c) => c.bands >= t).length / ROWS };
}

describe('what a design is expected to find', () => {
  it.each(KEY_SOURCES)('%s: is what it finds where mistakes are those of the model', (source) => {
    for (const bands of [10, 24]) {
      const { design, fields, share } = trueShares(source, bands);
      const shares = fields.map(() => EMPTY);
      for (const t of [2, 4]) {
        const expected = expectationOf(design, fields, t, shares);
        expect(Math.abs((expected?.recall ?? 0) - share(t))).toBeLessThan(source === 'minhash' ? 0.03 : 0.06);
      }
    }
  });

  it('falls with every empty value, down to nothing', () => {
    const { design, fields } = trueShares('minhash', 16);
    const recall = (empty: number) =>
      expectationOf(
        design,
        fields,
        2,
        fields.map(() => empty),
      )?.recall ?? -1;
    const falling = [0, 0.1, 0.3, 0.6, 0.9, 1].map(recall);
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
    expect(falling[0]).toBeGreaterThan(0.94);
    expect(falling.at(-1)).toBe(0);
  });

  it('is the same on every machine, and says nothing where a side does not tell of all fields', () => {
    const { design, fields } = trueShares('minhash', 8);
    expect(expectationOf(design, fields, 2)).toEqual(expectationOf(design, fields, 2));
    expect(expectationOf(design, fields, 2, [0.1])).toBeUndefined();
    expect(expectationOf({ ...design, fieldFigures: [] }, fields, 2)).toBeUndefined();
  });

  it('a band of a field that there is not is an error', () => {
    const design = { source: 'minhash', bands: [{ fields: [{ field: 3, picks: [0] }] }] } as const;
    const fields: MatchField[] = [{ name: 'name', type: 'name' }];
    expect(() =>
      expectedRecall(
        { source: design.source, bands: [{ fields: [{ field: 3, picks: [0] }] }] },
        { fields, figures: [{ empty: 0, length: 6 }], listEmpty: [0] },
      ),
    ).toThrow(/names field 3, but there are 1/);
  });
});
