/** What a run must release, computed in the clear: the agreement's own keys, one-to-one matching, plain sums. */
import Papa from 'papaparse';
import type { Agreement } from '../../src/agreement/agreement.ts';
import type { MatchScores } from '../../src/agreement/result.ts';
import { countAgreements } from '../../src/keys/agreement-count.ts';
import { createBandKeyer, SALT_BYTES } from '../../src/keys/band-keys.ts';
import { rowsOverLimit } from '../../src/keys/key-table.ts';
import { matchRecords } from '../../src/keys/match-records.ts';
import { seededRandom } from '../../src/keys/random.ts';
import { mostRowsOfKey } from '../../src/psi/geometry.ts';
import { listValues } from '../../src/scores/list-values.ts';
import { matchCandidates } from '../../src/scores/match-scores.ts';
import type { ScoredCandidate } from '../../src/scores/scored.ts';
import { readTable } from '../../src/table/read-table.ts';

/** Ties are broken this often, by other numbers each time, to see whether any matter. */
const TRIES = 8;

export interface PlainFigures {
  readonly count: number;
  readonly mean: number;
  readonly sum: number;
  readonly sd: number;
}

export interface PlainTable {
  readonly matches: number;
  readonly scores: MatchScores;
  /** By the group's labels joined by ` / `; every combination of agreed labels is there. */
  readonly groups: ReadonlyMap<string, PlainGroup>;
}

export interface PlainGroup {
  readonly count: number;
  readonly payloads: readonly PlainFigures[];
  /** How many rows have each combination of missing values that some row has, the empty one included. */
  readonly gaps: readonly number[];
}

/**
 * The table without suppression. Both files hold the agreed fields in columns of the same names.
 * @throws where chance changes who is matched (a tie, a key of too many rows), for then no single table is the right
 *   one
 */
export async function plaintextTable(listCsv: string, dataCsv: string, agreement: Agreement): Promise<PlainTable> {
  const { matches, scores, undecided } = await plaintextMatches(listCsv, dataCsv, agreement);
  if (undecided > 0) throw new Error(`${undecided} matches of this data hang on chance: it cannot serve as a test`);
  const rows = Papa.parse<Record<string, string>>(dataCsv, { header: true, skipEmptyLines: true }).data;
  const { groups, payloads, missingValues } = agreement.terms;
  const matched = matches.map(({ data }) => rows[data] as Record<string, string>);
  const has = (row: Record<string, string>, name: string) => Boolean(row[name]?.trim());
  // Unless each column is counted by itself, who lacks one value counts nowhere.
  const counted =
    missingValues === 'each-column' ? matched : matched.filter((row) => payloads.every(({ name }) => has(row, name)));
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
    scores,
    groups: new Map(
      combinations.map((labels) => {
        const members = counted.filter((row) => groups.every((group, i) => labelOf(row, group) === labels[i]));
        const figures = payloads.map(({ name, minimum, maximum }) =>
          figuresOf(
            members
              .filter((row) => has(row, name))
              .map((row) => Math.min(maximum, Math.max(minimum, Number(row[name])))),
          ),
        );
        const gaps = new Map<string, number>();
        for (const row of members) {
          const gap = payloads
            .filter(({ name }) => !has(row, name))
            .map(({ name }) => name)
            .join();
          gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
        }
        return [labels.join(' / ') || '(all)', { count: members.length, payloads: figures, gaps: [...gaps.values()] }];
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
  { terms, geometry }: Pick<Agreement, 'terms' | 'geometry'>,
): Promise<{ matches: readonly ScoredCandidate[]; scores: MatchScores; undecided: number }> {
  const { fields, keys: design, agreeingBands, dataRows } = terms;
  const rowsPerKey = mostRowsOfKey(geometry);
  const salt = new Uint8Array(SALT_BYTES);
  const recordsOf = async (csv: string) => {
    const { table } = await readTable(new File([csv], 'people.csv'), 'people.csv', {}, () => {});
    return matchRecords(
      table,
      fields.map((field) => ({ ...field, column: table.columns.indexOf(field.name) })),
    );
  };
  const listRecords = await recordsOf(listCsv);
  const [list, data] = [listRecords, await recordsOf(dataCsv)].map((records) => {
    const keyer = createBandKeyer(records, design.seed);
    return design.bands.map((band, index) => keyer.keys(design, band, index, salt));
  }) as [Uint32Array[], Uint32Array[]];
  const rules = { design, values: listValues(listRecords, design), dataRows };
  // Chance breaks ties, and leaves rows out of a band where more share a key than a table takes.
  const tries = Array.from({ length: TRIES }, (_, seed) => {
    const { below } = seededRandom([seed]);
    const left = data.map((keys) => rowsOverLimit(keys, rowsPerKey, below));
    const candidates = countAgreements(
      (band) => list[band] as Uint32Array,
      (band) => data[band] as Uint32Array,
      design.bands.length,
      { excluded: (band, row) => left[band]?.[row] === 1 },
    );
    const possible = candidates.filter(({ bands }) => bands >= agreeingBands);
    return matchCandidates(possible, rules, below);
  });
  const names = tries.map(({ matches }) => new Set(matches.map(({ list: l, data: d }) => `${l} ${d}`)));
  const undecided = [...(names[0] as Set<string>)].filter((name) => names.some((other) => !other.has(name))).length;
  const { matches, scores } = tries[0] as (typeof tries)[number];
  return { matches, scores, undecided };
}
