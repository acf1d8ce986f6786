import type { PackedClks } from '../../clk/clk-file.ts';
import { ClkPool } from '../../clk/clk-pool.ts';
import type { LinkageSchema } from '../../clk/linkage-schema.ts';
import { type PopcountStatistics, popcountStatistics } from '../../clk/popcounts.ts';
import { fixedWords, numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { chooseColumns, chosenRows } from './column-choice.ts';
import type { CsvTable } from './csv-table.ts';
import { type ProblemRow, problemRow, raggedProblems } from './data-problem-rows.ts';
import type { JobControl } from './use-job.ts';

export interface Clks {
  readonly clks: PackedClks;
  readonly popcounts: Uint32Array;
  readonly statistics: PopcountStatistics;
  /** Bits of one CLK. */
  readonly length: number;
}

export interface FoundProblems {
  /** The first thousand. */
  readonly problems: readonly ProblemRow[];
  readonly total: number;
}

export interface EncodingOptions {
  /** Whether values are checked before anything is encoded. */
  readonly check: boolean;
  /** Named in progress, where more than one table is encoded. */
  readonly what?: string;
  readonly threads?: number;
}

const ROWS_OF_TABLE_PROBLEMS = 100;

async function check(
  pool: ClkPool,
  table: CsvTable,
  rows: Iterable<readonly string[]>,
  { signal, report }: JobControl,
  what: string,
): Promise<FoundProblems> {
  const { problems, total } = await pool.check(rows, {
    signal,
    onProgress: (done, found) =>
      report(
        found === 0
          ? t('Checking {{what}}', { what })
          : t('Checking {{what}}: {{problems}} problems', { what, problems: numberWords(found) }),
        done / table.rows,
      ),
  });
  const ragged = raggedProblems(table).slice(0, ROWS_OF_TABLE_PROBLEMS);
  return { problems: [...ragged, ...problems.map(problemRow)], total: total + table.raggedRows.count };
}

/**
 * Encodes a table in a pool of workers, after a check where one is asked for.
 * @returns its CLKs, or its problems
 * @throws Error with a message for people: columns missing, a value that cannot be encoded
 */
export async function encodeTable(
  table: CsvTable,
  schema: LinkageSchema,
  secret: string,
  options: EncodingOptions,
  control: JobControl,
): Promise<Clks | FoundProblems> {
  const what = options.what ?? t('rows');
  const choice = chooseColumns(schema, table);
  if (choice.problems.length > 0) throw new Error(`${table.name}: ${choice.problems.join(' ')}`);
  if (secret === '') throw new Error(t('The secret is empty. Enter the secret that the data providers share.'));
  control.report(t('Starting workers for {{what}}', { what }));
  const pool = await ClkPool.open(schema, secret, options.threads);
  try {
    if (options.check) {
      const found = await check(pool, table, chosenRows(table, choice), control, what);
      if (found.total > 0) return found;
    }
    const encoded = await pool.encode(chosenRows(table, choice), {
      signal: control.signal,
      onProgress: (done, { mean, deviation }) =>
        control.report(
          t('Encoding {{what}}: {{mean}} bits set on average, deviation {{deviation}}', {
            what,
            mean: fixedWords(mean, 0),
            deviation: fixedWords(deviation, 1),
          }),
          done / table.rows,
        ),
    });
    const { popcounts, ...clks } = encoded;
    return { clks, popcounts, statistics: popcountStatistics(popcounts), length: schema.clkConfig.l };
  } finally {
    pool.close();
  }
}
