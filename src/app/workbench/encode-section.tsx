import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { popcountsOf } from '../../clk/popcount-health.ts';
import { popcountStatistics } from '../../clk/popcounts.ts';
import { numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { ClkView } from '../ui/clk-view.tsx';
import { chooseColumns, leftOutWords } from '../ui/column-choice.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { DataProblems } from '../ui/data-problems.tsx';
import { type Clks, encodeTable, type FoundProblems } from '../ui/encoding-run.ts';
import { FilePicker, JSON_FILES } from '../ui/file-picker.tsx';
import { JobStatus } from '../ui/job-status.tsx';
import { saveBlob } from '../ui/save-file.ts';
import { useJob } from '../ui/use-job.ts';
import { withWorkbenchWorker } from '../ui/with-worker.ts';
import { BlockingView } from './blocking-view.tsx';
import { SchemaStatus } from './schema-status.tsx';
import { SecretField } from './secret-field.tsx';
import { TablePicker } from './table-picker.tsx';
import { useSchemaReading, useWorkbench } from './workbench-state.ts';

/** CLKs on the page: just made from a table, or read from a file. */
interface ShownClks extends Clks {
  readonly name: string;
  /** The table they were made from. */
  readonly table: CsvTable | undefined;
  /** Of a file with blocks: the block ids of each row. */
  readonly blocks: readonly (readonly string[])[] | undefined;
}

async function readClks(file: File, signal: AbortSignal): Promise<ShownClks> {
  const { clks, blocks } = await withWorkbenchWorker((worker) => worker.readClks(file), signal);
  const popcounts = popcountsOf(clks);
  const statistics = popcountStatistics(popcounts);
  return { clks, popcounts, statistics, length: 8 * clks.bytesPerClk, name: file.name, table: undefined, blocks };
}

/** CLKs made from the workbench's table, or read from a file. */
function useClks() {
  const { first: table, secret } = useWorkbench().state;
  const schema = useSchemaReading()?.schema;
  const job = useJob<ShownClks | FoundProblems>();
  const encode = (check: boolean) => {
    if (schema === undefined || table === undefined) return;
    job.start(async (control) => {
      const made = await encodeTable(table, schema, secret, { check }, control);
      return 'clks' in made ? { ...made, name: table.name, table, blocks: undefined } : made;
    });
  };
  const read = (file: File) =>
    job.start(({ signal, report }) => {
      report(t('Reading {{file}}', { file: file.name }));
      return readClks(file, signal);
    });
  const ready = schema !== undefined && table !== undefined && secret !== '' && job.state.kind !== 'running';
  return { job, encode, read, ready, leftOut: schema && table && leftOutWords(chooseColumns(schema, table)) };
}

/** From a table, a schema and a secret to CLKs, or to what is wrong with the table. */
export function EncodeSection() {
  const [check, setCheck] = useState(true);
  const { job, encode, read, ready, leftOut } = useClks();
  const outcome = job.state.kind === 'done' ? job.state.value : undefined;
  return (
    <Stack gap="xl">
      <Text c="dimmed" maw={720}>
        {t(
          'Turns each row into a CLK with the linkage schema and the secret. Columns are found by their names, so they may stand in any order.',
        )}
      </Text>
      <Stack gap="md">
        <SchemaStatus />
        <TablePicker label={t('CSV file')} slot="first" />
        {leftOut !== undefined && (
          <Text size="sm" c="dimmed">
            {leftOut}
          </Text>
        )}
        <SecretField />
        <Switch
          label={t('Check the data first')}
          checked={check}
          onChange={({ currentTarget: { checked } }) => setCheck(checked)}
        />
        <Group>
          <Button onClick={() => encode(check)} disabled={!ready}>
            {t('Encode')}
          </Button>
        </Group>
      </Stack>
      <FilePicker
        label={t('CLK file')}
        description={t('Looks at CLKs that were made before, with or without blocks')}
        accept={JSON_FILES}
        onFile={read}
      />
      <JobStatus job={job} name={t('Encoding')} failure={t('There are no CLKs')} />
      {outcome && ('clks' in outcome ? <Made made={outcome} /> : <DataProblems found={outcome} />)}
    </Stack>
  );
}

function Made({ made }: { readonly made: ShownClks }) {
  const saving = useJob<undefined>();
  const save = () =>
    saving.start(async ({ signal, report }) => {
      report(t('Writing the file'));
      saveBlob('clks.json', await withWorkbenchWorker((worker) => worker.writeClks(made.clks), signal));
      return undefined;
    });
  return (
    <Stack gap="xl">
      <Stack gap="md">
        <Title order={3} size="h3" style={{ overflowWrap: 'anywhere' }}>
          {made.name}
        </Title>
        <Group>
          <Button onClick={save}>{t('Download CLKs')}</Button>
        </Group>
        <JobStatus job={saving} name={t('Writing the file')} failure={t('The file could not be written')} />
      </Stack>
      <ClkView clks={made} />
      {made.blocks && <StoredBlocks blocks={made.blocks} />}
      {made.table && <BlockingView clks={made.clks} table={made.table} />}
    </Stack>
  );
}

function StoredBlocks({ blocks }: { readonly blocks: readonly (readonly string[])[] }) {
  const names = new Set(blocks.flat());
  const without = blocks.filter((ids) => ids.length === 0).length;
  return (
    <Text className="figures">
      {t('The file holds {{blocks}} blocks; {{rows}} rows are in none.', {
        blocks: numberWords(names.size),
        rows: numberWords(without),
      })}
    </Text>
  );
}
