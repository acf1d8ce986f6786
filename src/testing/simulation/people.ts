/** The two made-up files of a simulated session, and the table that must come out. */
import { type Agreement, type ListInfo, roundUpRows, type Terms } from '../../agreement/agreement.ts';
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
import { madeUpAgreement, plaintextTable, type TallyShape } from '../made-up-tally.ts';

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
  readonly listStrata: ListStrata | undefined;
  /** Rows of the data that match, with the group of the researcher's. */
  readonly matched: readonly { readonly row: number; readonly stratum: number }[];
  readonly dataKeys: BandKeySource;
  readonly columns: TallyColumns;
  readonly matches: number;
  readonly rows: readonly ResultRow[];
}

function keySource(keys: readonly Uint32Array<ArrayBuffer>[], rows: number): BandKeySource {
  return { rows, rowsWithKey: rows, bandKeys: async (band) => (keys[band] as Uint32Array<ArrayBuffer>).slice() };
}

/** Other tables than the usual one, and more people. */
export interface PeopleShape
  extends Partial<Pick<TallyShape, 'groups' | 'payloads' | 'tables' | 'perturbation' | 'missingValues'>> {
  /** Of the researcher's; 1: none of their own. */
  readonly strata?: number;
  /** So many times as many people as usual. */
  readonly times?: number;
}

export function madeUpPeople(bands: number, random: () => number, shape: PeopleShape = {}): People {
  const { strata = 2, times = 1, ...asked } = shape;
  const [listRows, dataRows, inBoth] = [LIST * times, DATA * times, IN_BOTH * times];
  const keys = madeUpKeys(
    bands,
    Array.from({ length: listRows }, (_, i) => (i < inBoth ? i : 100_000 + i)),
    Array.from({ length: dataRows }, (_, i) => i),
    { missing: 0.05, differing: 0.1, random },
  );
  const base = madeUpAgreement({
    groups: [GROUPS],
    payloads: 1,
    dataRows: roundUpRows(dataRows),
    minimum: MINIMUM,
    ...asked,
  });
  const terms: Terms = {
    ...base.terms,
    agreeingBands: AGREEING,
    keys: { ...base.terms.keys, bands: Array.from({ length: bands }, () => ({ fields: [{ field: 0, picks: [0] }] })) },
  };
  const columns = [{ name: 'arm', labels: Array.from({ length: strata }, (_, i) => `arm ${i + 1}`) }];
  const list = {
    ...base.list,
    listRows: roundUpRows(listRows),
    ...(strata > 1 && { strata: columns.map((column) => ({ ...column, name: 'group column 1' })) }),
  };
  const agreement = composeAgreement(terms, list);
  const columnsOf: TallyColumns = {
    groups: terms.groups.map(({ labels }) =>
      Uint16Array.from({ length: dataRows }, () => Math.floor(labels.length * random() ** 2)),
    ),
    payloads: terms.payloads.map(() =>
      Float64Array.from({ length: dataRows }, () => (random() < 0.1 ? Number.NaN : Math.floor(1250 * random()))),
    ),
  };
  const ofBand = (sets: readonly Uint32Array[]) => (band: number) => sets[band] as Uint32Array;
  const candidates = countAgreements(ofBand(keys.list), ofBand(keys.data), bands).filter(
    (pair) => pair.bands >= AGREEING,
  );
  const listValues = distinctValues(listRows);
  const rules = { design: terms.keys, values: listValues, dataRows: terms.dataRows };
  const { matches } = matchCandidates(candidates, rules, randomBelow);
  const matched = matches.map((pair) => pair.data);
  const ofOthers = (record: number) => strata > 1 && record % 4 === 0;
  // Of two, three in four are in the first group.
  const of = Uint32Array.from({ length: listRows }, (_, record) =>
    ofOthers(record) ? 1 + ((record / 4) % (strata - 1)) : 0,
  );
  const strataOf = matches.map((pair) => of[pair.list] as number);
  const plain = plaintextTable(agreement, columnsOf, matched, strataOf);
  return {
    terms,
    list,
    agreement,
    listKeys: keySource(keys.list, listRows),
    listValues,
    dataKeys: keySource(keys.data, dataRows),
    columns: columnsOf,
    matches: matched.length,
    matched: matched.map((row, i) => ({ row, stratum: strataOf[i] as number })),
    listStrata: strata > 1 ? { columns, of } : undefined,
    rows: strata > 1 ? namedStrata(plain, columns) : plain,
  };
}
