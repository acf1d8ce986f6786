/** What a study file says of how its side's file is read and cleaned, for checking it before a run without a person. */
import type { StudyFile } from '../app/party/study-file.ts';
import { findPeople } from '../keys/find-people.ts';
import { applyCleaning } from '../table/apply-cleaning.ts';
import type { Table } from '../table/data-table.ts';
import type { ReadTable } from '../table/read-table.ts';
import { type Decisions, decidedTable, UNDECIDED } from './decisions.ts';
import { saidProblems } from './said-problems.ts';

/** The table as the study's page will have it: columns read as decided, then the cleaning steps. */
export function studiedTable(table: Table, { columns, cleaning = [] }: StudyFile): Table {
  const decide = (before: Table, from: number) =>
    columns.reduce((decided, { name, settings }) => {
      const column = before.columns.indexOf(name);
      return settings === undefined || column < from ? decided : decided.decided(column, settings);
    }, before);
  const { table: cleaned } = applyCleaning(decide(table, 0), cleaning, findPeople);
  return decide(cleaned, table.columns.length);
}

/**
 * A study says by itself how its file is read: what is left open has to be decided on the page and saved with it.
 * @returns what is said about the file besides
 * @throws where file and study leave something open that the study's uses depend on, or where a cleaning step cannot be
 *   taken
 */
export function checkStudied(
  { table, doubts, problems }: ReadTable,
  side: keyof Decisions,
  study: StudyFile,
): string[] {
  const uses = new Map(study.columns.flatMap(({ name, use }) => (use === 'ignore' ? [] : [[name, use] as const])));
  try {
    const studied = studiedTable(table, study);
    const lost = [...uses.keys()].filter((name) => !studied.columns.includes(name)).map((name) => `“${name}”`);
    if (lost.length > 0) throw new Error(`The file has no column ${lost.join(', ')}, which the study uses.`);
    decidedTable({ table: studied, doubts }, side, UNDECIDED[side], uses);
    const ranges = study.columns.flatMap(({ name, range }) => (range === undefined ? [] : [[name, range] as const]));
    return saidProblems({ problems }, studied, uses, new Map(ranges));
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^ {2}--decide .*\n?/gm, '').trim() : error;
    throw new Error(`--study, ${side}: open it on the page, decide there, and save it anew. ${reason}`);
  }
}
