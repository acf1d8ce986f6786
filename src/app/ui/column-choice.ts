/** Which columns of a table a schema's features are read from: by name where the table has a header, else by place. */
import { isIgnored, type LinkageSchema } from '../../clk/linkage-schema.ts';
import { inQuotes } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { type CsvTable, tableRows } from './csv-table.ts';

export interface ColumnChoice {
  /** For each feature its column; undefined for an ignored feature that the table does not have. */
  readonly columns: readonly (number | undefined)[];
  /** Columns that the schema does not name. */
  readonly leftOut: readonly string[];
  /** What keeps the table from being encoded, with what to do. */
  readonly problems: readonly string[];
}

const quoted = (names: readonly string[]) => names.map((name) => inQuotes(name)).join(', ');

function nearMiss(name: string, columns: readonly string[]): string {
  const plain = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
  const near = columns.find((column) => plain(column) === plain(name));
  return near === undefined ? '' : ` ${t('There is a column “{{name}}”: write both names alike.', { name: near })}`;
}

function chooseByPlace(schema: LinkageSchema, columns: readonly string[]): ColumnChoice {
  const { length } = schema.features;
  const problems =
    columns.length === length
      ? []
      : [
          t(
            'The file has {{columns}} columns and no header; the schema has {{features}} features, one a column. Choose the file that the schema was written for, or say that the first row is a header.',
            { columns: columns.length, features: length },
          ),
        ];
  return { columns: schema.features.map((_, i) => i), leftOut: [], problems };
}

/** Finds each feature's column. Columns may stand in any order, and may be more than the schema names. */
export function chooseColumns(schema: LinkageSchema, table: Pick<CsvTable, 'columns' | 'hasHeader'>): ColumnChoice {
  if (!table.hasHeader) return chooseByPlace(schema, table.columns);
  const problems: string[] = [];
  const columns = schema.features.map((feature) => {
    const column = table.columns.indexOf(feature.identifier);
    if (column >= 0) return column;
    if (!isIgnored(feature)) {
      problems.push(
        `${t('The file has no column “{{name}}”, which the schema encodes.', { name: feature.identifier })}${nearMiss(feature.identifier, table.columns)} ${t('Rename the column, or correct the schema.')}`,
      );
    }
    return undefined;
  });
  const leftOut = table.columns.filter((_, i) => !columns.includes(i));
  return { columns, leftOut, problems };
}

/** The values of the features, row by row; values that a row lacks are empty. */
export function* chosenRows(table: CsvTable, choice: ColumnChoice): Generator<string[]> {
  for (const row of tableRows(table)) {
    yield choice.columns.map((column) => (column === undefined ? '' : (row[column] ?? '')));
  }
}

/** `Not in the schema and left out: “a”, “b”.`, or nothing. */
export function leftOutWords({ leftOut }: ColumnChoice): string | undefined {
  return leftOut.length === 0
    ? undefined
    : t('Not in the schema and left out: {{columns}}.', { columns: quoted(leftOut) });
}
