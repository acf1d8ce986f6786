import { describe, expect, it } from 'vitest';
import { profileColumn } from './column-profile.ts';
import { missingWord } from './missing-words.ts';
import { readTable } from './read-table.ts';

const times = (values: readonly string[], n: number) => Array.from({ length: n }, () => values).flat();
const emptyOf = (values: readonly string[]) => profileColumn('column', () => values).empty;
/** Surnames, all different. */
const SURNAMES = Array.from(
  { length: 1900 },
  (_, i) => `Berg${'abcdefghij'[i % 10]}${'klmnopqrst'[((i / 10) % 10) | 0]}${i}`,
);

describe('labels that look like words for no value', () => {
  it.each<[string, string[]]>([
    ['results of tests', ['HIV+', 'HIV-']],
    ['results without their opposites', ['PCR-', 'NEG-', 'CAD-', 'IgM-']],
    ['results with a blank', ['HIV +', 'HIV -', 'PCR -']],
    ['results behind the sign', ['- HIV', '-HIV', '+HIV']],
    ['amounts', ['CHF -', 'EUR -', 'kr -']],
    ['directions', ['N/S', 'E/W', 'NE/SW']],
    ['antibiograms', ['S/R', 'S/I', 'R/I', 'S/S']],
    ['departments', ['B/D', 'A/C', 'N.S.P.', 'K.A', 'K. A']],
    ['results in Turkish', ['Pozitif', 'Negatif', 'Belirsiz']],
    ['results in German', ['positiv', 'negativ', 'nicht bestimmbar']],
    ['towns', ['Leer', 'Emden', 'Aurich']],
  ])('%s keep their values', (_, labels) => expect(emptyOf(times(labels, 14))).toBe(0));
});

describe('names that are words for no value', () => {
  it.each(['Leer', 'Ni', 'Ohne', 'Vide', 'BD', 'Yok', 'Unk', 'Kosong', 'Nincs', 'K.A', 'S/R'])(
    '%s keeps its value among names, however common, and is shown',
    (name) => {
      const { empty, missing } = profileColumn('surname', () => [...SURNAMES, ...times([name], 600)]);
      expect(empty).toBe(0);
      expect(missing).toContainEqual({ value: name, rows: 600, taken: false });
    },
  );

  it.each(['leer', 'ni', 'S/R', 'b/d', 'k.A', 'CHF -', 'kr -', '- Ft'])(
    '%s is none among numbers and dates',
    (word) => {
      const numbers = Array.from({ length: 60 }, (_, i) => String(50 + i));
      const days = Array.from({ length: 60 }, (_, i) => `${1 + (i % 28)}.${1 + (i % 12)}.19${40 + (i % 50)}`);
      for (const values of [numbers, days]) expect(emptyOf([...values, word, word, word])).toBe(3);
    },
  );

  it('a person in such a town is no note below the people', async () => {
    const towns = ['Leer', 'Emden', 'Aurich'];
    const people = Array.from({ length: 40 }, (_, i) => `Pia${i},${towns[i % 3]},${1900 + i}`);
    const { doubts } = await readTable(new Blob([`name,town,pay\n${people.join('\n')}\nUlf,Leer,\n`]), 'people.csv');
    expect(doubts).toEqual([]);
  });
});

it('a dash with a known sign or code of a currency, a blank between, stands for none, for certain with a sign alone', () => {
  for (const value of ['-', '–', '--', '$ -', '$-', '- €', '-€', '-   €', ' € -'.trim()]) {
    expect([value, missingWord(value)]).toEqual([value, 'certain']);
  }
  for (const value of ['CHF -', 'kr -', '-   kr', '- zł', 'USD –'])
    expect([value, missingWord(value)]).toEqual([value, 'name']);
  for (const value of ['CHF-', 'HIV-', 'PCR -', '-USD', 'ABO -', 'A-', 'B–', 'Rh -', 'chf -']) {
    expect([value, missingWord(value)]).toEqual([value, undefined]);
  }
});
