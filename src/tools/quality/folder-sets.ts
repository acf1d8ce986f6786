/** A folder of pairs of files with a known truth, read as the pages read them: columns and types by their own guesses. */
import { existsSync, openAsBlob, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MatchField } from '../../agreement/match-field.ts';
import { NO_COLUMN } from '../../app/party/bindings.ts';
import { likelyColumns } from '../../app/party/field-matching.ts';
import { fieldTypeOf, initialUses } from '../../app/party/uses.ts';
import type { BoundField } from '../../keys/bound-field.ts';
import { matchRecords } from '../../keys/match-records.ts';
import { type ReadTable, readTable } from '../../table/read-table.ts';
import { summarise } from '../../table/summary.ts';
import type { KnownPair, KnownSide, QualitySet } from './quality-sets.ts';

/** The column, in both files, that says who a row is. It takes no part in the matching. */
const TRUTH_COLUMN = 'truth_key';
const FILES = { list: 'list.csv', data: 'data.csv' } as const;

/**
 * The folder's sets, one a subfolder with a `list.csv` and a `data.csv`, in order of their names. `match`: the owner's
 * fields and their types; left out, as the owner's page guesses them.
 * @throws Error where the folder has no set
 */
export function folderSets(folder: string, match?: readonly MatchField[]): QualitySet[] {
  const names = readdirSync(folder)
    .filter((name) => Object.values(FILES).every((file) => existsSync(join(folder, name, file))))
    .sort();
  if (names.length === 0) {
    throw new Error(`--folder: no subfolder of ${folder} has both ${FILES.list} and ${FILES.data}.`);
  }
  return names.map((name) => ({ name, about: `of ${folder}`, load: () => loadPair(join(folder, name), match) }));
}

async function loadPair(folder: string, match: readonly MatchField[] | undefined): Promise<KnownPair> {
  const read = async (file: string) => readTable(await openAsBlob(join(folder, file)), file);
  const [list, data] = [await read(FILES.list), await read(FILES.data)];
  const { columns } = data.table;
  const fields = match?.map((field) => ({ ...field, column: columns.indexOf(field.name) })) ?? guessFields(data);
  const missing = fields.find(({ column }) => column === NO_COLUMN);
  if (missing)
    throw new Error(`${folder}: ${FILES.data} has no column "${missing.name}"; it has ${columns.join(', ')}.`);
  // The researcher's page finds the owner's fields by their names.
  const listColumns = likelyColumns(
    fields,
    list.table.columns.map((name) => (name === TRUTH_COLUMN ? '' : name)),
  );
  const listFields = fields.map((field, i) => ({ ...field, column: listColumns[i] ?? NO_COLUMN }));
  return { list: side(list, listFields, folder), data: side(data, fields, folder), householdOf: undefined };
}

/** The matching fields that the owner's page would start from. */
function guessFields(data: ReadTable): BoundField[] {
  const { columns } = summarise(data, FILES.data);
  const fields = initialUses('owner', columns).flatMap((use, column): BoundField[] => {
    const name = columns[column]?.name ?? '';
    const type = fieldTypeOf(use);
    return type === undefined || name === TRUTH_COLUMN ? [] : [{ name, type, column }];
  });
  if (fields.length === 0)
    throw new Error(`no column of ${columns.map(({ name }) => name).join(', ')} looks like a field to match.`);
  return fields;
}

function side({ table }: ReadTable, fields: readonly BoundField[], folder: string): KnownSide {
  const truth = table.columns.indexOf(TRUTH_COLUMN);
  if (truth < 0)
    throw new Error(`${folder}: a file has no column "${TRUTH_COLUMN}"; it has ${table.columns.join(', ')}.`);
  return { records: matchRecords(table, fields), people: Array.from(table.values(truth), (name) => name.trim()) };
}
