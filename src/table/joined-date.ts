/** Columns made of others: a date of its parts, and a year of a date. */
import { type ColumnSource, rowsWithout } from './column-source.ts';
import { fullYear } from './dates.ts';
import { monthNumber, speaksCroatian } from './month-names.ts';
import { plainText } from './plain-text.ts';

const WHOLE = /^(\d{1,4})(?:\.0+)?$/;

/** A part as a program wrote it: `02`, `2`, `2.0`; undefined for what is no whole number. */
const wholeNumber = (text: string): string | undefined => WHOLE.exec(plainText(text))?.[1];

/** A day in ISO's order; a part that is missing is 0, so that the others still match. Empty where all are missing. */
export function joinedDate(year: string, month: string, day: string, lastYear: number, isCroatian = false): string {
  const [y, d] = [wholeNumber(year), wholeNumber(day)];
  const m = wholeNumber(month) ?? String(monthNumber(plainText(month).replace(/\.$/, ''), isCroatian));
  const numbers = [y === undefined ? 0 : fullYear(y, lastYear), Number(m), Number(d ?? 0)];
  if (numbers.every((number) => number === 0)) return '';
  return numbers.map((number, i) => String(number).padStart(i === 0 ? 4 : 2, '0')).join('-');
}

/** Values that show in which language months are named. */
const LOOKED_AT = 1000;

function* firstOf(values: Iterable<string>): Generator<string> {
  let left = LOOKED_AT;
  for (const value of values) {
    if (left-- === 0) return;
    yield value;
  }
}

/** One date of three columns. Holds nothing itself. */
export class JoinedDate implements ColumnSource {
  readonly #parts: readonly [year: ColumnSource, month: ColumnSource, day: ColumnSource];
  readonly #missing: readonly ((text: string) => boolean)[];
  readonly #lastYear: number;
  readonly #isCroatian: boolean;

  /** @param missing of each part: which values stand for none */
  constructor(
    parts: readonly [year: ColumnSource, month: ColumnSource, day: ColumnSource],
    missing: readonly ((text: string) => boolean)[],
    lastYear: number,
  ) {
    this.#parts = parts;
    this.#missing = missing;
    this.#lastYear = lastYear;
    this.#isCroatian = speaksCroatian(firstOf(parts[1].values()));
  }

  get rows(): number {
    return this.#parts[0].rows;
  }

  get byteLength(): number {
    return 0;
  }

  value(row: number): string {
    return this.#join(this.#parts.map((part) => part.value(row)));
  }

  emptyRows(): Iterable<number> {
    return rowsWithout(this.values());
  }

  *values(): Generator<string, void, undefined> {
    const [years, months, days] = this.#parts.map((part) => part.values()[Symbol.iterator]());
    for (let row = 0; row < this.rows; row++) {
      yield this.#join([years?.next().value ?? '', months?.next().value ?? '', days?.next().value ?? '']);
    }
  }

  #join(values: readonly string[]): string {
    const [year = '', month = '', day = ''] = values.map((text, part) => (this.#missing[part]?.(text) ? '' : text));
    return joinedDate(year, month, day, this.#lastYear, this.#isCroatian);
  }
}
