import { proxy } from 'comlink';
import type { DataWorkerApi } from '../../protocol/data-port.ts';
import type { Cleaning } from '../../table/cleaning.ts';
import type { ColumnSettings } from '../../table/column-settings.ts';
import type { CsvOptions, TableSummary } from '../../table/table.ts';

/** How a file was read before a reload. */
interface ReadBefore {
  readonly options: CsvOptions;
  /** By column, those that cleaning steps add included. */
  readonly settings: readonly ColumnSettings[];
  readonly steps: Cleaning;
}

/** Reads a file as it was read before: its own columns as decided, then the steps, then the columns that they add. */
export async function readAgain(
  api: DataWorkerApi,
  file: File,
  { options, settings, steps }: ReadBefore,
): Promise<TableSummary> {
  let summary = await api.load(
    file,
    options,
    proxy(() => {}),
  );
  const decide = async (from: number) => {
    for (let column = from; column < summary.columns.length; column++) {
      const decided = settings[column] ?? {};
      if (Object.keys(decided).length === 0) continue;
      const columns = summary.columns.with(column, await api.decideColumn(column, decided));
      summary = { ...summary, columns };
    }
  };
  await decide(0);
  const own = summary.columns.length;
  if (steps.length > 0) summary = (await api.clean(steps)).summary;
  await decide(own);
  return summary;
}
