import type { TruthGuess } from '../../quality/truth.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { withWorkbenchWorker } from '../ui/with-worker.ts';

/** The columns of two tables that tell who is who, as far as their values show it. */
export function findTruth(first: CsvTable, second: CsvTable, signal: AbortSignal): Promise<TruthGuess | undefined> {
  const source = ({ text, hasHeader }: CsvTable) => ({ text, hasHeader });
  return withWorkbenchWorker((worker) => worker.findTruth(source(first), source(second)), signal);
}
