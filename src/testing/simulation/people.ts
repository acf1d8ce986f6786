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
import { sourceOf } from '../run-parties.ts';

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
  const listStrata = strata > 1 ? madeUpStrata(listRows, strata) : undefined;
  const named = listStrata?.columns.map((column) => ({ ...column, name: 'group column 1' }));
  const list = { ...base.list, listRows: roundUpRows(listRows), ...(named && { strata: named }) };
  const agreement = composeAgreement(terms, list);
  const columns = madeUpColumns(terms, dataRows, random);
  const listValues = distinctValues(listRows);
  const pairs = matchesOf(keys, { design: terms.keys, values: listValues, dataRows: terms.dataRows });
  const matched = pairs.map(({ data, list }) => ({ row: data, stratum: listStrata?.of[list] ?? 0 }));
  const plain = plaintextTable(
    agreement,
    columns,
    matched.map(({ row }) => row),
    matched.map(({ stratum }) => stratum),
  );
  return {
    terms,
    list,
    agreement,
    listKeys: sourceOf(keys.list, listRows),
    listValues,
    listStrata,
    dataKeys: sourceOf(keys.data, dataRows),
    columns,
    matches: matched.length,
    matched,
    rows: listStrata ? namedStrata(plain, listStrata.columns) : plain,
  };
}

/** Of two, three records in four are in the first. */
function madeUpStrata(records: number, strata: number): ListStrata {
  const columns = [{ name: 'arm', labels: Array.from({ length: strata }, (_, i) => `arm ${i + 1}`) }];
  const of = Uint32Array.from({ length: records }, (_, record) =>
    record % 4 === 0 ? 1 + ((record / 4) % (strata - 1)) : 0,
  );
  return { columns, of };
}

function madeUpColumns({ groups, payloads }: Terms, rows: number, random: () => number): TallyColumns {
  return {
    groups: groups.map(({ labels }) =>
      Uint16Array.from({ length: rows }, () => Math.floor(labels.length * random() ** 2)),
    ),
    payloads: payloads.map(() =>
      Float64Array.from({ length: rows }, () => (random() < 0.1 ? Number.NaN : Math.floor(1250 * random()))),
    ),
  };
}

function matchesOf(keys: ReturnType<typeof madeUpKeys>, rules: Parameters<typeof matchCandidates>[1]) {
  const ofBand = (sets: readonly Uint32Array[]) => (band: number) => sets[band] as Uint32Array;
  const pairs = countAgreements(ofBand(keys.list), ofBand(keys.data), keys.list.length);
  const candidates = pairs.filter((pair) => pair.bands >= AGREEING);
  return matchCandidates(candidates, rules, randomBelow).matches;
}
