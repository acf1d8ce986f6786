import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { BlockedRows } from '../../blocking/block-rows.ts';
import { type BlockingSchema, readBlockingSchema } from '../../blocking/blocking-schema.ts';
import type { PackedClks } from '../../clk/clk-file.ts';
import { t } from '../../words/translate.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { saveBlob, saveFile } from '../ui/save-file.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';
import { useJob } from '../ui/use-job.ts';
import { ifWritten, useReading } from '../ui/use-reading.ts';
import { withWorkbenchWorker } from '../ui/with-worker.ts';
import { blockFigures } from './block-figures.ts';
import { BlockingSchemaField } from './blocking-schema-field.tsx';

interface BlockingViewProps {
  readonly clks: PackedClks;
  /** The table the CLKs were made from. */
  readonly table: CsvTable;
}

const readWritten = ifWritten(readBlockingSchema);

/** Blocks of a table, made by a schema, and the file of them. */
function useBlocking({ clks, table }: BlockingViewProps) {
  const job = useJob<BlockedRows>();
  const saving = useJob<undefined>();
  const block = (schema: BlockingSchema) =>
    job.start(({ signal, report }) => {
      report(t('Blocking'));
      const { text, hasHeader } = table;
      return withWorkbenchWorker((worker) => worker.block({ schema, text, hasHeader, clks }), signal);
    });
  const save = (blocks: BlockedRows['blocks']) =>
    saving.start(async ({ signal, report }) => {
      report(t('Writing the file'));
      saveBlob('clknblocks.json', await withWorkbenchWorker((worker) => worker.writeClks(clks, blocks), signal));
      return undefined;
    });
  return { job, block, saving, save };
}

/** Optional blocking: a blocking schema, what blocks come of it, and the file of CLKs with their blocks. */
export function BlockingView(props: BlockingViewProps) {
  const [text, setText] = useState('');
  const reading = useReading(text, readWritten);
  const { job, block, saving, save } = useBlocking(props);
  const schema = reading?.schema;
  const blocked = job.state.kind === 'done' ? job.state.value : undefined;
  return (
    <Stack gap="md">
      <Title order={3} size="h4">
        {t('Blocking')}
      </Title>
      <Text c="dimmed" maw={720}>
        {t(
          'With a blocking schema (p-sig or lambda-fold) only rows that share a block are compared. It saves time with long files, and misses pairs that share none. All providers must use the same schema.',
        )}
      </Text>
      <BlockingSchemaField text={text} reading={reading} onChange={setText} />
      <Group>
        <Button onClick={() => schema && block(schema)} disabled={!schema || job.state.kind === 'running'}>
          {t('Block')}
        </Button>
        <Button
          variant="default"
          disabled={text.trim() === ''}
          onClick={() => saveFile('blocking-schema.json', 'application/json', text)}
        >
          {t('Download blocking schema')}
        </Button>
        {blocked && (
          <Button variant="default" onClick={() => save(blocked.blocks)}>
            {t('Download CLKs with blocks')}
          </Button>
        )}
      </Group>
      <JobStatus job={job} name={t('Blocking')} failure={t('There are no blocks')} />
      <JobStatus job={saving} name={t('Writing the file')} failure={t('The file could not be written')} />
      {blocked && (
        <ScrollTable
          label={t('Blocks')}
          heads={[t('Figure'), t('Value')]}
          rows={blockFigures(blocked.statistics).map(({ name, value }) => ({ key: name, cells: [name, value] }))}
        />
      )}
    </Stack>
  );
}
