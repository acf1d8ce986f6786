/** The result as files: a CSV for a spreadsheet and a JSON that carries the agreement with it. */
import { agreementHash, type Statistics } from '../../agreement/agreement.ts';
import type { OwnerOutcome, PayloadFigures, ResearcherResult, ResultRow } from '../../agreement/result.ts';
import { writeCsv } from '../../table/csv-writer.ts';
import { noiseSentences } from '../party/plain.ts';

/** Label columns stand in the CSV beside `group` only where a group has two labels. */
const LABEL_JOINT = ' / ';

type Figure = 'count' | 'mean' | 'sum' | 'sd';
const FIGURES: readonly Figure[] = ['count', 'mean', 'sum', 'sd'];

/** The statistics asked for, in the order of the columns. */
export function figuresAsked(statistics: Statistics): Figure[] {
  return FIGURES.filter((f) => statistics[f]);
}

export function groupName(row: ResultRow): string {
  return row.labels.join(LABEL_JOINT);
}

function payloadCells(figures: PayloadFigures | undefined, asked: readonly Figure[], minimum: number, sealed: boolean) {
  return asked.map((figure) => {
    if (figures === undefined || sealed || figures.suppressed) return figure === 'count' ? `<${minimum}` : '';
    return figures[figure] ?? '';
  });
}

/**
 * `group,count,<payload>_count,<payload>_mean,<payload>_sum,<payload>_sd`, those asked for; two group columns also stand in
 * columns of their own after `group`. A suppressed cell is empty and its count reads `<k>`. Text that a spreadsheet would
 * run as a formula is escaped. Where figures carry noise, the last column `epsilon` says so.
 */
export function resultCsv({ agreement, rows }: ResearcherResult): string {
  const { groups, payloads, statistics, minimumGroupSize, perturbation } = agreement.terms;
  const asked = figuresAsked(statistics);
  const labelColumns = groups.length > 1 ? groups.map((g) => g.name) : [];
  const noise = perturbation === undefined ? [] : [perturbation.epsilonThousandths / 1000];
  const header = [
    'group',
    ...labelColumns,
    'count',
    ...payloads.flatMap((p) => asked.map((f) => `${p.name}_${f}`)),
    ...noise.map(() => 'epsilon'),
  ];
  const lines = rows.map((row) => [
    groupName(row),
    ...(labelColumns.length > 0 ? row.labels : []),
    row.count ?? `<${minimumGroupSize}`,
    ...payloads.flatMap((_, i) => payloadCells(row.payloads[i], asked, minimumGroupSize, row.count === undefined)),
    ...noise,
  ]);
  return writeCsv(header, lines);
}

/** The whole result: rows, what noise they carry in words, agreement, its hash, the counts of own records, measures, version. */
export function resultJson(result: ResearcherResult): string {
  const {
    agreement,
    agreementHash: hash,
    version,
    finishedAt,
    rows,
    records,
    recordsWithKey,
    matches,
    measures,
  } = result;
  return JSON.stringify(
    {
      version,
      finishedAt,
      agreementHash: hash,
      agreement,
      rows,
      notes: noiseSentences(agreement),
      records,
      recordsWithKey,
      matches,
      measures,
    },
    null,
    2,
  );
}

/** What the owner keeps: the agreement under which something was released, its hash, and what the run took. */
export function agreementJson({ agreement, version, finishedAt, records, leftOut, measures }: OwnerOutcome): string {
  const hash = agreementHash(agreement);
  return JSON.stringify({ version, finishedAt, agreementHash: hash, agreement, records, leftOut, measures }, null, 2);
}

/** Hands the person a file made on this computer. */
export function saveFile(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }));
}

/** {@link saveFile} of what is in memory already. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
