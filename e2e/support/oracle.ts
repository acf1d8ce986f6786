/** What a run must release, computed in the clear: the agreement's own keys, one-to-one matching, plain sums. */
import Papa from 'papaparse';
import type { Agreement } from '../../src/agreement/agreement.ts';
import { type Candidate, countAgreements } from '../../src/keys/agreement-count.ts';
import { createBandKeyer, SALT_BYTES } from '../../src/keys/band-keys.ts';
import { keyTable } from '../../src/keys/key-table.ts';
import { matchRecords } from '../../src/keys/match-records.ts';
import { ROWS_PER_KEY } from '../../src/psi/geometry.ts';
import { readTable } from '../../src/table/read-table.ts';

export interface PlainFigures {
  readonly count: number;
  readonly mean: number;
  readonly sum: number;
  readonly sd: number;
}

export interface PlainTable {
  readonly matches: number;
  /** By the group's labels joined by ` / `; every combination of agreed labels is there. */
  readonly groups: ReadonlyMap<string, { readonly count: number; readonly payloads: readonly PlainFigures[] }>;
}

/**
 * The table without suppression. Both files hold the agreed fields in columns of the same names.
 * Throws where chance decides in the protocol (a tie, a key of too many rows), for then no single table is the right one.
 */
export async function plaintextTable(listCsv: string, dataCsv: string, agreement: Agreement): Promise<PlainTable> {
  const { matches, contested } = await plaintextMatches(listCsv, dataCsv, agreement);
  if (contested > 0) throw new Error(`${contested} matches of this data hang on chance: it cannot serve as a test`);
  const rows = Papa.parse<Record<string, string>>(dataCsv, { header: true, skipEmptyLines: true }).data;
  const matched = matches.map(({ data }) => rows[data] as Record<string, string>);
  const { groups, payloads } = agreement.terms;
  const combinations = groups.reduce<string[][]>(
    (all, group) => all.flatMap((labels) => group.labels.map((label) => [...labels, label])),
    [[]],
  );
  const labelOf = (row: Record<string, string>, { name, labels }: (typeof groups)[number]) => {
    const label = row[name]?.trim() || '(missing)';
    return labels.includes(label) ? label : '(other)';
  };
  return {
    matches: matches.length,
    groups: new Map(
      combinations.map((labels) => {
        const members = matched.filter((row) => groups.every((group, i) => labelOf(row, group) === labels[i]));
        const figures = payloads.map(({ name, minimum, maximum }) =>
          figuresOf(
            members
              .filter((row) => row[name]?.trim())
              .map((row) => Math.min(maximum, Math.max(minimum, Number(row[name])))),
          ),
        );
        return [labels.join(' / ') || '(all)', { count: members.length, payloads: figures }];
      }),
    ),
  };
}

function figuresOf(values: readonly number[]): PlainFigures {
  const count = values.length;
  const sum = values.reduce((total, value) => total + value, 0);
  const mean = sum / count;
  const sd = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (count - 1));
  return { count, mean, sum, sd };
}

/** The one-to-one matches, and how many of them depend on chance. */
export async function plaintextMatches(
  listCsv: string,
  dataCsv: string,
  { terms }: Pick<Agreement, 'terms'>,
): Promise<{ matches: Candidate[]; contested: number }> {
  const { fields, keys: design, agreeingBands } = terms;
  const salt = new Uint8Array(SALT_BYTES);
  const keysOf = async (csv: string) => {
    const { table } = await readTable(new File([csv], 'people.csv'), 'people.csv', {}, () => {});
    const bindings = fields.map((field) => ({ ...field, column: table.columns.indexOf(field.name) }));
    const keyer = createBandKeyer(matchRecords(table, bindings), design.seed);
    return design.bands.map((band, index) => keyer.keys(design, band, index, salt));
  };
  const [list, data] = await Promise.all([keysOf(listCsv), keysOf(dataCsv)]);
  const candidates = countAgreements(
    (band) => list[band] as Uint32Array,
    (band) => data[band] as Uint32Array,
    design.bands.length,
  );
  const capped = data.flatMap((keys) => [...keyTable(keys).size].filter((rows) => rows > ROWS_PER_KEY)).length;
  const { matches, ties } = matchGreedily(candidates.filter(({ bands }) => bands >= agreeingBands));
  return { matches, contested: ties + capped };
}

/** Highest agreement first, each row once. `ties`: pairs that another free pair of the same agreement competes with. */
function matchGreedily(candidates: readonly Candidate[]): { matches: Candidate[]; ties: number } {
  const taken = { list: new Set<number>(), data: new Set<number>() };
  const matches: Candidate[] = [];
  let ties = 0;
  for (const bands of [...new Set(candidates.map((c) => c.bands))].sort((a, b) => b - a)) {
    const free = candidates.filter((c) => c.bands === bands && !taken.list.has(c.list) && !taken.data.has(c.data));
    for (const candidate of free) {
      if (taken.list.has(candidate.list) || taken.data.has(candidate.data)) {
        ties++;
        continue;
      }
      taken.list.add(candidate.list);
      taken.data.add(candidate.data);
      matches.push(candidate);
    }
  }
  return { matches, ties };
}
