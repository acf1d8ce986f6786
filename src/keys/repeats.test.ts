import { describe, expect, it } from 'vitest';
import type { FieldType } from '../agreement/match-field.ts';
import { recordsOf } from '../testing/made-up-records.ts';
import { type SeededRandom, seededRandom } from './random.ts';
import { EXACT_REPEAT, FUZZY_REPEAT, findRepeats, NO_REPEAT } from './repeats.ts';

/** Given name, surname, date of birth, street, postcode, sex. */
const TYPES: readonly FieldType[] = ['name', 'name', 'date', 'text', 'code', 'category'];

const SYLLABLES = ['ka', 'lo', 'mi', 'ren', 'sto', 'vel', 'tu', 'bar', 'nic', 'pha', 'go', 'dun'];
const word = (random: SeededRandom, syllables: number) =>
  Array.from({ length: syllables }, () => random.pick(SYLLABLES)).join('');

function person(random: SeededRandom): string[] {
  const born = 19300101 + 10_000 * random.below(80) + 100 * random.below(12) + random.below(28);
  return [
    word(random, 2),
    word(random, 3),
    String(born),
    `${random.below(200)}${word(random, 2)}street`,
    String(10_000 + random.below(400)),
    random.pick(['f', 'm']),
  ];
}

/** One character of a value exchanged. */
function slip(value: string, random: SeededRandom): string {
  const at = random.below(value.length);
  return value.slice(0, at) + random.pick([...'etaoin']) + value.slice(at + 1);
}

function found(rows: readonly (readonly string[])[]) {
  const { firstOf, kind } = findRepeats(recordsOf(TYPES, rows));
  return { firstOf: [...firstOf], kind: [...kind] };
}

describe('findRepeats', () => {
  const random = seededRandom([4, 2]);
  const strangers = Array.from({ length: 400 }, () => person(random));
  const anna = ['anna', 'karlsson', '19710304', '12longstreet', '20771', 'f'];

  it('finds rows with the same values, however often they stand there', () => {
    const { firstOf, kind } = found([...strangers, anna, strangers[7] ?? [], anna, anna]);
    expect(firstOf.slice(400)).toEqual([400, 7, 400, 400]);
    expect(kind.slice(400)).toEqual([NO_REPEAT, EXACT_REPEAT, EXACT_REPEAT, EXACT_REPEAT]);
    expect(kind.slice(0, 400).every((k) => k === NO_REPEAT)).toBe(true);
  });

  it('finds rows with slips in several fields, or a field without a value', () => {
    const noisy = ['ana', 'karlson', '19710304', '12longstret', '', 'f'];
    const { firstOf, kind } = found([...strangers, anna, noisy]);
    expect(firstOf[401]).toBe(400);
    expect(kind[401]).toBe(FUZZY_REPEAT);
  });

  it.each([
    ['twins', ['bertil', 'karlsson', '19710304', '12longstreet', '20771', 'f']],
    ['parent and child of one name', ['anna', 'karlsson', '19481127', '12longstreet', '20771', 'f']],
    ['who merely live together', ['bertil', 'karlsson', '19691217', '12longstreet', '20771', 'm']],
    ['rows with little but a town', ['', '', '', '', '20771', 'f']],
  ])('tells %s apart', (_, other) => {
    expect(found([...strangers, anna, other]).kind.slice(400)).toEqual([NO_REPEAT, NO_REPEAT]);
  });

  it('takes common names and a town for no evidence', () => {
    const common = Array.from({ length: 3000 }, () => [
      random.pick(['anh', 'thu', 'minh']),
      random.pick(['nguyen', 'tran', 'le']),
      person(random)[2] ?? '',
      '',
      random.pick(['10000', '20000']),
      random.pick(['f', 'm']),
    ]);
    const { kind } = findRepeats(recordsOf(TYPES, common));
    expect(kind.filter((k) => k === FUZZY_REPEAT)).toHaveLength(0);
  });

  it('finds most of the people who are entered twice with a slip in two fields, and nobody else', () => {
    const copies = strangers.map((row) => {
      const copy = [...row];
      for (const field of random.shuffle([0, 1, 2, 3, 4]).slice(0, 2)) copy[field] = slip(copy[field] ?? '', random);
      return copy;
    });
    const { firstOf } = found([...strangers, ...copies]);
    const right = copies.filter((_, n) => firstOf[400 + n] === n).length;
    const wrong = firstOf.filter((first, row) => first !== row && first !== row - 400).length;
    expect(right).toBeGreaterThan(350);
    expect(wrong).toBe(0);
  });

  it('compares a single field for equality only, and takes an empty file', () => {
    const { kind } = findRepeats(recordsOf(['code'], [['1234'], ['1235'], ['1234'], ['']]));
    expect([...kind]).toEqual([NO_REPEAT, NO_REPEAT, EXACT_REPEAT, NO_REPEAT]);
    expect(findRepeats(recordsOf(TYPES, [])).firstOf).toHaveLength(0);
  });
});
