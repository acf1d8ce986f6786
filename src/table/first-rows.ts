/** Rows between a header and the first person: units, types, questions, examples, numbers of columns. */

import type { Table } from './data-table.ts';
import { type FullColumn, isGiven, isOfKind } from './full-column.ts';
import { headerWords } from './header.ts';

/** Fewer rows show nothing. */
const FEWEST_ROWS = 4;
/** Rows that a first one is compared with, and columns in which a wide file is looked at. */
const COMPARED_ROWS = 60;
const COMPARED_COLUMNS = 100;
const FEWEST_COLUMNS = 3;
const TWO_THIRDS = 2 / 3;

/** `kg/m2`, `DATE9.`, `varchar(20)`, `[mg/24h]`: one word with a few digits. */
const UNIT = /^(?=.*\p{L})(?!.*\d{3})\S{1,20}$/u;
const EXAMPLE =
  /^(?:e\.? ?g\.?|i\.e\.|example|z\. ?b\.|bsp\.?|beispiel|p\. ?ex\.|ex\.?|exemple|exemplo|p\. ?ej\.?|ej\.?|ejemplo|es\.|esempio|bijv\.|np\.|např\.|örn\.|напр\.|例)[\s:：]/iu;
/** `$20.`, for texts of twenty characters in SAS. */
const TEXT_FORMAT = /^\$\d{1,5}\.$/;
/** What a survey's program writes below its questions. */
const PROGRAM = /^\{/;
const QUESTION = /[?？؟]$/;
/** `Open-Ended Response`, `Antwort`. */
const ANSWER =
  /(?<!\p{L})(?:responses?|answers?|antworte?n?|réponses?|respuestas?|respostas?|risposte?|rispost[ae]|antwoord(?:en)?|svar|besvarelse|vastaus|odpowied[źz]i?|odpověď|odpoveď|válasz|răspuns|yanıt|cevap|ответ|відповідь|отговор|απάντηση|jawaban)(?!\p{L})|回答|答案|응답|답변|إجابة|תשובה|คำตอบ/iu;

const isUnitLike = (text: string) => !/\p{N}/u.test(text) || UNIT.test(text) || EXAMPLE.test(text);
const numberOfColumn = (text: string) => /^\(?(\d{1,4})\)?\.?$/.exec(text)?.[1];

const valuesOf = (table: Table, row: number) =>
  table.columns.slice(0, COMPARED_COLUMNS).map((_name, column) => table.value(column, row).trim());

/** A quick look: nothing in the first row that only people have. */
export function mayBeNobody(table: Table): boolean {
  return valuesOf(table, 0).every(
    (text) => isUnitLike(text) || TEXT_FORMAT.test(text) || numberOfColumn(text) !== undefined,
  );
}

/** Rows from the first one on that are nobody, by the columns in which every person has a value. */
export function firstRows(table: Table, full: readonly FullColumn[], hasHeader: boolean): number[] {
  const found =
    areUnits(table, full) ||
    areNumbersOfColumns(table, full) ||
    (hasHeader && (areQuestions(table) || areNames(table)));
  if (!found) return [];
  const isOfProgram = (row: number) => {
    const filled = valuesOf(table, row).filter((text) => text !== '');
    return filled.length > 0 && filled.every((text) => PROGRAM.test(text));
  };
  return table.rowCount > FEWEST_ROWS && isOfProgram(1) ? [0, 1] : [0];
}

/** Words where the others have numbers and dates. */
function areUnits(table: Table, full: readonly FullColumn[]): boolean {
  const at = (one: FullColumn) => table.value(one.column, 0).trim();
  const typed = full.filter(({ kind }) => kind !== 'text');
  const isUnit = (one: FullColumn) =>
    isGiven(at(one)) && isUnitLike(at(one)) && (EXAMPLE.test(at(one)) || !isOfKind(one, at(one)));
  const units = typed.filter(isUnit);
  // Units stand below some names alone; then nothing stands where people have theirs.
  const isBare = full.every((one) => at(one) === '' || isUnit(one));
  // One code alone may be somebody's house number.
  const isSure = units.length > 1 || units.every((one) => EXAMPLE.test(at(one)) || !/\p{N}/u.test(at(one)));
  const areAll = units.length === typed.length && isSure;
  const isNobody = units.length > 0 ? areAll || isBare : typed.every((one) => at(one) === '') && sayAnswers(table);
  return isNobody && !full.some((one) => comesAgain(table, one));
}

/** Kinds of answers below the questions of a survey, where everybody has numbers and dates. */
const sayAnswers = (table: Table) => valuesOf(table, 0).some((text) => ANSWER.test(text));

/** Whether others have what the first row has, as people have a town or a refusal in common. */
function comesAgain(table: Table, { column, kind }: FullColumn): boolean {
  const text = table.value(column, 0).trim();
  return isGiven(text, kind) && othersOf(table, column).includes(text);
}

function othersOf(table: Table, column: number): string[] {
  const rows = Math.min(COMPARED_ROWS, table.rowCount - 1);
  return Array.from({ length: rows }, (_, i) => table.value(column, i + 1).trim());
}

/** `1`, `2`, `3` or `(1)`, `(2)`, `(3)`, where others have words and dates. */
function areNumbersOfColumns(table: Table, full: readonly FullColumn[]): boolean {
  const values = valuesOf(table, 0);
  const isCounted = values.every((text, column) => Number(numberOfColumn(text)) === column + 1);
  const isOther = ({ kind, column }: FullColumn) =>
    kind === 'date' || (kind === 'text' && !othersOf(table, column).some((text) => numberOfColumn(text) !== undefined));
  return values.length >= FEWEST_COLUMNS && isCounted && full.some(isOther);
}

/** Sentences that ask, where nobody else's do. */
function areQuestions(table: Table): boolean {
  const asked = valuesOf(table, 0).flatMap((text, column) => (text === '' ? [] : [{ text, column }]));
  const questions = asked.filter(({ text }) => QUESTION.test(text));
  if (questions.length < 2 || questions.length < TWO_THIRDS * asked.length) return false;
  return questions.every(({ column }) => !othersOf(table, column).some((text) => QUESTION.test(text)));
}

/** Names of columns once more, in other words: below their codes, or in another language. */
function areNames(table: Table): boolean {
  const rows = Array.from({ length: Math.min(COMPARED_ROWS, table.rowCount) }, (_, row) => valuesOf(table, row));
  const named = headerWords(rows);
  return named > 1 && 2 * named >= (rows[0]?.length ?? 0);
}
