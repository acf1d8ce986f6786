/** Measures how well two tables link, from their rows to figures over thresholds. */
import { proxy } from 'comlink';
import type { LinkageSchema } from '../../clk/linkage-schema.ts';
import { linkablePairs, type Truth } from '../../quality/linkage-quality.ts';
import type { MeasuredQuality } from '../../quality/measured-quality.ts';
import { personNames, type TruthGuess } from '../../quality/truth.ts';
import { t } from '../../words/translate.ts';
import { type CsvTable, columnValues } from '../ui/csv-table.ts';
import { type Clks, encodeTable } from '../ui/encoding-run.ts';
import type { JobControl } from '../ui/use-job.ts';
import { withQualityWorker } from '../ui/with-worker.ts';

export interface QualityRequest {
  readonly first: CsvTable;
  readonly second: CsvTable;
  readonly schema: LinkageSchema;
  readonly secret: string;
  readonly truth: TruthGuess;
  readonly lowest: number;
}

export interface Quality extends MeasuredQuality {
  readonly request: QualityRequest;
  readonly truthNames: Truth;
  /** The most correct pairs there can be. */
  readonly linkable: number;
}

async function clksOf(
  table: CsvTable,
  what: string,
  { schema, secret }: QualityRequest,
  control: JobControl,
): Promise<Clks> {
  const made = await encodeTable(table, schema, secret, { check: false, what }, control);
  if ('clks' in made) return made;
  throw new Error(
    t('{{file}} has {{problems}} problems. Look at them in the section Encode.', {
      file: table.name,
      problems: made.total,
    }),
  );
}

/**
 * Encodes both tables, links them by Dice similarity and greedy solving, and holds the links to the truth.
 * @throws Error with a message for people
 */
export async function measureQuality(request: QualityRequest, control: JobControl): Promise<Quality> {
  const { first, second, truth, lowest } = request;
  control.report(t('Reading who is who'));
  const names = {
    first: personNames(await columnValues(first, truth.first, control.signal), truth.pattern),
    second: personNames(await columnValues(second, truth.second, control.signal), truth.pattern),
  };
  const linkable = linkablePairs(names);
  if (linkable === 0) {
    throw new Error(
      t(
        'No person is in both files by the columns “{{first}}” and “{{second}}”. Choose the columns, or the part of them, that name the person in both.',
        { first: `${first.columns[truth.first]}`, second: `${second.columns[truth.second]}` },
      ),
    );
  }
  const ours = await clksOf(first, t('the rows of {{file}}', { file: first.name }), request, control);
  const theirs = await clksOf(second, t('the rows of {{file}}', { file: second.name }), request, control);
  control.report(t('Comparing'));
  const measured = await withQualityWorker(
    (worker) =>
      worker.measure(
        { first: ours.clks, second: theirs.clks, truth: names, linkable, lowest },
        proxy((done) => control.report(t('Comparing'), done)),
      ),
    control.signal,
  );
  return { ...measured, request, truthNames: names, linkable };
}
