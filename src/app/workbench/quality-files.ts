/** Results of a quality measurement as files. */

import type { QualityRow, SimilarityBin } from '../../quality/linkage-quality.ts';
import { writeCsv } from '../../table/csv-writer.ts';

export function qualityCsv(rows: readonly QualityRow[]): string {
  return writeCsv(
    ['threshold', 'found', 'correct', 'precision', 'recall', 'f1'],
    rows.map(({ threshold, found, correct, precision, recall, f1 }) => [
      threshold,
      found,
      correct,
      precision,
      recall,
      f1,
    ]),
  );
}

export function qualityJson(rows: readonly QualityRow[], similarities: readonly SimilarityBin[]): string {
  return `${JSON.stringify({ thresholds: rows, similarities }, null, 2)}\n`;
}
