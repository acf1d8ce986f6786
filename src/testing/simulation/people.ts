/** The two made-up files of a simulated session, and the table that must come out. */
import type { Agreement, ListInfo, Terms } from '../../agreement/agreement.ts';
import type { ResultRow } from '../../agreement/result.ts';
import { countAgreements } from '../../keys/agreement-count.ts';
import type { TallyColumns } from '../../protocol/data-port.ts';
import { composeAgreement } from '../../protocol/negotiation.ts';
import type { BandKeySource, ListStrata } from '../../protocol/run.ts';
import type { ListValues } from '../../scores/list-values.ts';
import { matchCandidates } from '../../scores/match-scores.ts';
import { randomBelow } from '../../seal/random.ts';
import { namedStrata } from '../../tally/figures.ts';
import { distinctValues } from '../distinct-values.ts';
import { madeUpKeys } from '../made-up-keys.ts';
import { madeUpAgreement, plaintextTable } from '../made-up-tally.ts';

const LIST = 24;
const DATA = 40;
const IN_BOTH = 16;
const GROUPS = 3;
const MINIMUM = 4;
const AGREEING = 2;

export interface People {
  readonly terms: Terms;
  readonly list: ListInfo;
  readonly agreement: Agreement;
  readonly listKeys: BandKeySource;
  readonly listValues: ListValues;
  readonly listStrata: ListStrata;
  readonly dataKeys: BandKeySource;
  readonly columns: TallyColumns;
  readonly matches: number;
  readonly rows: readonly ResultRow[];
}

function keySource(keys: readonly Uint32Array<ArrayBuffer>[], rows: number): BandKeySource {
  return { rows, rowsWithKey: rows, bandKeys: async (band) => (keys[band] as Uint32Array<ArrayBuffer>).slice() };
}

export function madeUpPeople(bands: number, random: () => number): People {
  const keys = madeUpKeys(
    bands,
    Array.from({ length: LIST }, (_, i) => (i < IN_BOTH ? i : 1000 + i)),
    Array.from({ length: DATA }, (_, i) => i),
    { missing: 0.05, differing: 0.1, random },
  );
  const base = madeUpAgreement({ groups: [GROUPS], payloads: 1, dataRows: 100, minimum: MINIMUM });
  const terms: Terms = {
    ...base.terms,
    agreeingBands: AGREEING,
    keys: { ...base.terms.keys, bands: Array.from({ length: bands }, () => ({ fields: [{ field: 0, picks: [0] }] })) },
  };
  const columns = [{ name: 'arm', labels: ['a', 'b'] }];
  const list = {
    ...base.list,
    listRows: 100,
    strata: columns.map((column) => ({ ...column, name: 'group column 1' })),
  };
  const agreement = composeAgreement(terms, list);
  const columnsOf: TallyColumns = {
    groups: [Uint16Array.from({ length: DATA }, () => Math.floor(GROUPS * random() ** 2))],
    payloads: [Float64Array.from({ length: DATA }, () => (random() < 0.1 ? Number.NaN : Math.floor(1250 * random())))],
  };
  const ofBand = (sets: readonly Uint32Array[]) => (band: number) => sets[band] as Uint32Array;
  const candidates = countAgreements(ofBand(keys.list), ofBand(keys.data), bands).filter(
    (pair) => pair.bands >= AGREEING,
  );
  const listValues = distinctValues(LIST);
  const rules = { design: terms.keys, values: listValues, dataRows: terms.dataRows };
  const { matches } = matchCandidates(candidates, rules, randomBelow);
  const matched = matches.map((pair) => pair.data);
  // Three in four are in the first group.
  const of = Uint32Array.from({ length: LIST }, (_, record) => (record % 4 === 0 ? 1 : 0));
  const strataOf = matches.map((pair) => of[pair.list] as number);
  return {
    terms,
    list,
    agreement,
    listKeys: keySource(keys.list, LIST),
    listValues,
    dataKeys: keySource(keys.data, DATA),
    columns: columnsOf,
    matches: matched.length,
    listStrata: { columns, of },
    rows: namedStrata(plaintextTable(agreement, columnsOf, matched, strataOf), columns),
  };
}
