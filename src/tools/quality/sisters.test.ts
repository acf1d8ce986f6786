import { expect, it } from 'vitest';
import { designKeys } from '../../keys/design.ts';
import { matchRecords } from '../../keys/match-records.ts';
import { seededRandom } from '../../keys/random.ts';
import { readTable } from '../../table/read-table.ts';
import { judgeMatches, linkageCandidates, weighedMatches } from './linkage-quality.ts';

/** Vowels in which sisters' names differ; what stands around them resembles nothing else. */
const NAMES = 'B_nno D_rla F_nja G_rgo H_llu J_ska K_rro L_nta M_vre N_llo P_kka R_sti S_mbo T_rni V_lda W_ndo'.split(
  ' ',
);
const VOWELS = ['ae', 'eo', 'iu', 'ou'] as const;
const SURNAMES =
  'Abendroth Castellan Dumfries Ekwueme Fontaine Grimaldi Holbrook Iversen Jessenik Krupinski Lombardy Mbeki Novotny Ostrander Wolkonski'.split(
    ' ',
  );
const TOWNS =
  'Ambrosk Brellin Cordwick Dunmoor Eschental Fjellvik Gorsebay Hexington Ilmsund Jarrow Klippau Lundby'.split(' ');

const FIELDS = [
  { name: 'given', type: 'name', column: 1 },
  { name: 'family', type: 'name', column: 2 },
  { name: 'town', type: 'text', column: 3 },
] as const;

async function side(rows: readonly string[]) {
  const { table } = await readTable(new Blob([`who,given,family,town\n${rows.join('\n')}\n`]), 'people.csv');
  return { records: matchRecords(table, FIELDS), truth: Array.from(table.values(0)) };
}

it.each([1, 2, 3])('nobody is taken for a sister who is in the data only, design %i', async (number) => {
  const random = seededRandom([number]);
  const one = <Value>(values: readonly Value[]) => values[random.below(values.length)] as Value;
  const people = new Map(
    Array.from({ length: 250 }, () => {
      const person = { name: one(NAMES), vowels: one(VOWELS), surname: one(SURNAMES), town: one(TOWNS) };
      return [`${person.name} ${person.surname} ${person.town}`, person];
    }),
  );
  const rowsOf = (which: 0 | 1) =>
    Array.from(people.values(), ({ name, vowels, surname, town }, i) => {
      const given = name.replace('_', vowels[which] ?? '');
      return `${i}${'ab'[which]},${given},${surname},${town}`;
    });
  const list = await side(rowsOf(0));
  const data = await side([...rowsOf(1), ...rowsOf(0)]);
  const design = designKeys(data.records, 'minhash', number.toString(16).padStart(32, '0'), 64);
  const candidates = linkageCandidates(list.records, data.records, design);
  const taken = weighedMatches(candidates, list.records, data.records.rows, design, 2).find(({ ofRun }) => ofRun);
  const { precision, recall } = judgeMatches(taken?.matches ?? [], list.truth, data.truth);
  expect([precision, recall]).toEqual([1, 1]);
});
