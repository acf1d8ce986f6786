import { Button, Group, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { readBlockingSchema } from '../../blocking/blocking-schema.ts';
import type { PackedClks } from '../../clk/clk-file.ts';
import { checkSchema } from '../../clk/schema-reading.ts';
import { connectEntityService } from '../../entity-service/connect.ts';
import { t } from '../../words/translate.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { DataProblems } from '../ui/data-problems.tsx';
import { encodeTable, type FoundProblems } from '../ui/encoding-run.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { SecretInput } from '../ui/secret-input.tsx';
import { TableReader } from '../ui/table-reader.tsx';
import { type JobControl, useJob } from '../ui/use-job.ts';
import { withWorkbenchWorker } from '../ui/with-worker.ts';
import type { ServiceProps } from './service-props.ts';

async function blocksOf(
  table: CsvTable,
  clks: PackedClks,
  blockingSchema: string,
  { signal, report }: JobControl,
): Promise<readonly (readonly string[])[]> {
  const { schema, problems } = readBlockingSchema(blockingSchema);
  if (schema === undefined)
    throw new Error(
      t('The blocking schema: {{problem}}', { problem: problems[0]?.message ?? t('it cannot be read.') }),
    );
  report(t('Blocking'));
  const { text, hasHeader } = table;
  return (await withWorkbenchWorker((worker) => worker.block({ schema, text, hasHeader, clks }), signal)).blocks;
}

interface Upload {
  readonly token: string;
  readonly secret: string;
  /** Blank: the project uses none. */
  readonly blocking: string;
  readonly table: CsvTable | undefined;
}
type UploadOutcome = { readonly receipt: string } | FoundProblems;

/** Encodes a table by the schema that the service has for the project, and sends its CLKs; nothing where its values have problems. */
async function encodeAndSend(
  { address, projectId }: ServiceProps,
  { token, secret, blocking, table }: Upload,
  control: JobControl,
): Promise<UploadOutcome> {
  if (table === undefined) throw new Error(t('Choose the CSV file with your rows first.'));
  const { signal, report } = control;
  const service = connectEntityService(address);
  report(t('Asking for the linkage schema'));
  const { schema, problems } = checkSchema((await service.describeProject(projectId, token, { signal })).schema);
  if (schema === undefined)
    throw new Error(t('The schema of the project cannot be used: {{problem}}', { problem: `${problems[0]?.message}` }));
  const made = await encodeTable(table, schema, secret, { check: true }, control);
  if (!('clks' in made)) return made;
  const { clks } = made;
  const blocks = blocking.trim() === '' ? {} : { blocks: await blocksOf(table, clks, blocking, control) };
  const onProgress = (sent: number, total: number) => report(t('Sending CLKs'), sent / total);
  const { receipt_token } = await service.upload(projectId, token, { clks, ...blocks }, { signal, onProgress });
  return { receipt: receipt_token };
}

/** A provider's CLKs, encoded by the schema that the service has for the project. */
export function ServiceUpload(props: ServiceProps) {
  const [token, setToken] = useState('');
  const [secret, setSecret] = useState('');
  const [blocking, setBlocking] = useState('');
  const [table, setTable] = useState<CsvTable>();
  const job = useJob<UploadOutcome>();
  const upload = () => job.start((control) => encodeAndSend(props, { token, secret, blocking, table }, control));
  return (
    <section className="panel" aria-label={t('Upload')}>
      <Stack gap="md">
        <Title order={2} size="h3">
          {t('Upload')}
        </Title>
        <TextInput
          label={t('Project ID')}
          value={props.projectId}
          onChange={({ currentTarget }) => props.onProjectId(currentTarget.value.trim())}
        />
        <TextInput
          label={t('Update token')}
          description={t('Each provider has one of its own')}
          value={token}
          onChange={({ currentTarget }) => setToken(currentTarget.value.trim())}
        />
        <SecretInput
          description={t('All providers enter the same one. It stays on this computer')}
          value={secret}
          onChange={setSecret}
        />
        <TableReader label={t('CSV file')} table={table} onTable={setTable} />
        <Textarea
          label={t('Blocking schema')}
          description={t('Only where the project uses blocking. The service sees the block ids as they are')}
          rows={3}
          spellCheck={false}
          value={blocking}
          onChange={({ currentTarget }) => setBlocking(currentTarget.value)}
        />
        <Group>
          <Button onClick={upload} disabled={job.state.kind === 'running'}>
            {t('Upload')}
          </Button>
        </Group>
        <JobStatus job={job} name={t('Upload')} failure={t('The CLKs were not sent')} />
        {job.state.kind === 'done' && <UploadResult outcome={job.state.value} />}
      </Stack>
    </section>
  );
}

function UploadResult({ outcome }: { readonly outcome: UploadOutcome }) {
  if ('problems' in outcome) return <DataProblems found={outcome} />;
  return (
    <TextInput
      label={t('Receipt token')}
      description={t('Keep it: it proves the upload, and fetches your permutation')}
      readOnly
      value={outcome.receipt}
    />
  );
}
