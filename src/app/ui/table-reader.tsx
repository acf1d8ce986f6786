import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { counted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { CsvPicker } from './csv-picker.tsx';
import { type CsvTable, type CsvTableOptions, readCsvTable } from './csv-table.ts';
import { HeaderSwitch } from './header-switch.tsx';
import { JobStatus } from './job-status.tsx';
import { Notice } from './notice.tsx';
import { useJob } from './use-job.ts';

interface TableReaderProps {
  readonly label: string;
  readonly description?: string;
  /** Names of the progress and of the switch for the header, where the page has several tables. */
  readonly readingName?: string;
  readonly headerName?: string;
  readonly table: CsvTable | undefined;
  /** A file is read, or read again with its header otherwise: what was made of it before is no longer meant. */
  onReading?(): void;
  /** Undefined as soon as another file is chosen. */
  onTable(table: CsvTable | undefined): void;
  /** Shown between what the table is and its header's switch. */
  readonly children?: ReactNode;
}

/** Chooses a table, and says what it turned out to be. */
export function TableReader(props: TableReaderProps) {
  const { label, description, readingName = t('Reading'), headerName, table, onReading, onTable, children } = props;
  const job = useJob<undefined>();
  const read = (
    name: string,
    textOf: () => Promise<string>,
    again: Pick<CsvTableOptions, 'hasHeader' | 'said'> = {},
  ) => {
    onReading?.();
    job.start(async ({ signal, report }) => {
      report(t('Reading {{name}}', { name }));
      const made = await readCsvTable(name, await textOf(), { signal, ...again });
      signal.throwIfAborted();
      onTable(made);
      return undefined;
    });
  };
  return (
    <>
      <CsvPicker
        label={label}
        {...(description === undefined ? {} : { description })}
        onChoose={() => {
          job.reset();
          onTable(undefined);
        }}
        onFile={(name, textOf) => read(name, textOf)}
      />
      <JobStatus job={job} name={readingName} failure={t('The file could not be read')} />
      {table && (
        <>
          <Findings table={table} />
          {children}
          <HeaderSwitch
            table={table}
            {...(headerName === undefined ? {} : { name: headerName })}
            onChange={(header) =>
              read(table.name, () => Promise.resolve(table.text), { hasHeader: header, said: table.said })
            }
          />
        </>
      )}
    </>
  );
}

/** How large a table is, what was passed over, and rows that look like nobody. */
function Findings({ table }: { readonly table: CsvTable }) {
  return (
    <>
      <Text size="sm" className="figures" role="status" style={{ overflowWrap: 'anywhere' }}>
        {table.name}: {counted(table.rows, 'row')}, {counted(table.columns.length, 'column')}
      </Text>
      {table.said.length > 0 && <Text size="sm">{table.said.join(' ')}</Text>}
      {table.extraRows !== undefined && (
        <Notice kind="warning" title={t('People, or sums and notes?')}>
          {table.extraRows} {t('They are encoded as people. Take out of the file what is nobody.')}
        </Notice>
      )}
    </>
  );
}
