import type { CsvOptions } from '../../table/table.ts';

/** Decisions about the rows of one sheet, which are others on another. */
const OF_SHEET = ['header', 'skip', 'rowNames', 'hiddenRows', 'lostValues', 'extraRows'] as const;

/**
 * How a file is read after one more decision. Which rows are nobody was decided about the rows as they were read then: any
 * other decision gives others, and they are asked about anew.
 */
export function changedOptions(options: Partial<CsvOptions>, change: Partial<CsvOptions>): Partial<CsvOptions> {
  const forgotten =
    change.sheet !== undefined && change.sheet !== options.sheet
      ? OF_SHEET
      : change.delimiter !== undefined
        ? (['rowNames', 'extraRows'] as const)
        : (['extraRows'] as const);
  const kept = Object.entries(options).filter(([name]) => !forgotten.some((one) => one === name));
  return { ...Object.fromEntries(kept), ...change };
}
