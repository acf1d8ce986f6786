/**
 * A made-up trial for trying the product out: the researcher's list says who was trained and who was not, the owner's data
 * who fell within a year. The same options give the same files, always.
 */
import Papa from 'papaparse';
import { seededRandom } from '../keys/random.ts';
import { generatePair, type SampleOptions, type TruePair } from './people.ts';

export const ARMS = ['training', 'usual care'] as const;
export const OUTCOMES = ['fell', 'did not fall'] as const;

/** Chance of a fall within a year, by age from this year on. */
const RISKS = [
  { from: 0, risk: 0.26 },
  { from: 40, risk: 0.45 },
  { from: 65, risk: 0.6 },
] as const;
/** What training makes of it. */
const EFFECT = 0.55;

interface Row {
  [column: string]: string;
}

const rowsOf = (csv: string) => Papa.parse<Row>(csv, { header: true, skipEmptyLines: true }).data;
const csvOf = (rows: readonly Row[]) => `${Papa.unparse([...rows], { newline: '\n' })}\n`;

/** `record_id` ends in the person's number: everything about a person is drawn from it. */
const numberOf = (id: string | undefined) => Number(id?.replace(/^\D+/, ''));

/** The list with a column `arm`, the data with `outcome`, `age` and `days_in_hospital`; and which rows are the same person. */
export function generateTrial(options: SampleOptions): { listCsv: string; dataCsv: string; truth: TruePair[] } {
  const { listCsv, dataCsv, truth } = generatePair(options);
  const draw = (person: number, what: number) => seededRandom([options.seed, person, 20, what]).unit();
  const armOf = (person: number) => ARMS[draw(person, 1) < 0.5 ? 0 : 1];
  const list = rowsOf(listCsv).map((row) => ({ ...row, arm: armOf(numberOf(row.person_id)) }));
  const inTrial = new Set(list.map((row) => numberOf((row as Row).person_id)));
  const data = rowsOf(dataCsv).map(({ ethnicity: _, region: __, income: ___, ...row }) => {
    const person = numberOf(row.record_id);
    const age = row.age || String(18 + Math.floor(60 * draw(person, 4)));
    const risk = RISKS.findLast(({ from }) => Number(age) >= from)?.risk ?? 0;
    const trained = inTrial.has(person) && armOf(person) === ARMS[0];
    const fell = draw(person, 2) < risk * (trained ? EFFECT : 1);
    const days = Math.floor(draw(person, 3) * (fell ? 14 : 5));
    return { ...row, age, outcome: OUTCOMES[fell ? 0 : 1], days_in_hospital: String(days) };
  });
  return { listCsv: csvOf(list), dataCsv: csvOf(data as Row[]), truth };
}
