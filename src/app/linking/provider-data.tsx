import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { readSchema } from '../../clk/schema-reading.ts';
import { newLinkageSecret } from '../../linking/invitation.ts';
import type { Project } from '../../linking/project.ts';
import type { ProviderState } from '../../linking/provider.ts';
import { differenceWords } from '../../linking/secret-checks.ts';
import { fixedWords, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { ClkView } from '../ui/clk-view.tsx';
import { chooseColumns, leftOutWords } from '../ui/column-choice.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { DataProblems } from '../ui/data-problems.tsx';
import type { FoundProblems } from '../ui/encoding-run.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { Notice } from '../ui/notice.tsx';
import { SecretInput } from '../ui/secret-input.tsx';
import { TableReader } from '../ui/table-reader.tsx';
import { useJob } from '../ui/use-job.ts';
import type { ProviderParticipant } from './participants.ts';
import { type PreparedUpload, prepareUpload } from './prepared-upload.ts';
import { StageBar } from './stage-bar.tsx';

interface ProviderDataProps {
  readonly participant: ProviderParticipant;
  readonly project: Project;
  readonly state: ProviderState;
  /** From the link, if it had one. */
  readonly linkSecret: string | undefined;
  /** The file that was read last: it stays with the page, for its results. */
  readonly table: CsvTable | undefined;
  onTable(table: CsvTable | undefined): void;
}

/** A provider's table on its way: encoded, sent. */
function useProviderUpload({ participant, project, linkSecret, onTable }: ProviderDataProps) {
  const [typed, setTyped] = useState('');
  const encoding = useJob<PreparedUpload | FoundProblems>();
  const sending = useJob<undefined>();
  const secret = linkSecret ?? typed;
  const encode = (from: CsvTable, check = true) =>
    encoding.start((control) => prepareUpload(project, from, secret, check, control));
  const take = (table: CsvTable | undefined) => {
    encoding.reset();
    onTable(table);
    if (table && secret !== '') encode(table);
  };
  /** CLKs made with the secret as it was are not sent under the new one. */
  const setSecret = (changed: string) => {
    encoding.reset();
    setTyped(changed);
  };
  const send = (prepared: PreparedUpload) =>
    sending.start(async () => {
      await participant.connected.upload(prepared.upload, prepared.secret);
      return undefined;
    });
  return { typed, setSecret, hasSecret: secret !== '', encoding, sending, take, encode, send };
}

/** From the CSV file to CLKs, and from there to the linkage unit. */
export function ProviderData(props: ProviderDataProps) {
  const { participant, project, state, linkSecret, table } = props;
  const work = useProviderUpload(props);
  const { encoding, sending } = work;
  const outcome = encoding.state.kind === 'done' ? encoding.state.value : undefined;
  const prepared = outcome && 'upload' in outcome ? outcome : undefined;
  const problems = outcome && !('upload' in outcome) ? outcome : undefined;
  const { upload } = state;
  if (upload.kind !== 'none') {
    const difference = differenceWords(state.secrets);
    return <Uploaded participant={participant} upload={upload} difference={difference} trouble={sending.state} />;
  }
  return (
    <Stack gap="md">
      {linkSecret === undefined && <SecretFields value={work.typed} onChange={work.setSecret} />}
      <TableReader
        label={t('CSV file')}
        description={t('Stays on this computer: only its CLKs are sent')}
        table={table}
        onReading={encoding.reset}
        onTable={work.take}
      >
        {table && <LeftOut table={table} project={project} />}
      </TableReader>
      {table && encoding.state.kind !== 'running' && !prepared && (
        <EncodeButtons
          ready={work.hasSecret}
          hasProblems={problems !== undefined}
          onEncode={(check) => work.encode(table, check)}
        />
      )}
      <JobStatus job={encoding} name={t('Encoding')} failure={t('There are no CLKs')} />
      {problems && <DataProblems found={problems} />}
      {prepared && <ClkView clks={prepared.clks} />}
      {prepared?.blocked && <BlockLine prepared={prepared} />}
      <Group>
        <Button disabled={!prepared} onClick={() => prepared && work.send(prepared)}>
          {t('Upload')}
        </Button>
      </Group>
      {sending.state.kind === 'failed' && <NotSent message={sending.state.message} />}
    </Stack>
  );
}

interface EncodeButtonsProps {
  readonly ready: boolean;
  readonly hasProblems: boolean;
  onEncode(check: boolean): void;
}

function EncodeButtons({ ready, hasProblems, onEncode }: EncodeButtonsProps) {
  return (
    <Group>
      <Button onClick={() => onEncode(true)} disabled={!ready}>
        {t('Encode')}
      </Button>
      {hasProblems && (
        <Button variant="default" onClick={() => onEncode(false)}>
          {t('Encode in spite of the problems')}
        </Button>
      )}
    </Group>
  );
}

function NotSent({ message }: { readonly message: string }) {
  return (
    <Notice kind="error" title={t('The CLKs were not sent')}>
      {message}
    </Notice>
  );
}

function SecretFields({ value, onChange }: { readonly value: string; onChange(secret: string): void }) {
  return (
    <Group align="end">
      <SecretInput
        description={t('All providers enter the same one. Never tell the linkage unit')}
        value={value}
        onChange={onChange}
        miw={0}
        w="26rem"
      />
      <Button variant="default" onClick={() => onChange(newLinkageSecret())}>
        {t('Make a secret')}
      </Button>
    </Group>
  );
}

/** Columns of the table that the schema makes no use of. */
function LeftOut({ table, project }: { readonly table: CsvTable; readonly project: Project }) {
  const { schema } = readSchema(project.linkageSchema);
  const words = schema && leftOutWords(chooseColumns(schema, table));
  if (words === undefined) return null;
  return (
    <Text size="sm" c="dimmed">
      {words}
    </Text>
  );
}

function BlockLine({ prepared: { blocked, upload } }: { readonly prepared: PreparedUpload }) {
  const counts = upload.blocks?.counts ?? new Uint16Array();
  const without = counts.reduce((sum, count) => sum + (count === 0 ? 1 : 0), 0);
  const average = blocked?.statistics.avg_size ?? 0;
  return (
    <Text size="sm" className="figures">
      {tCounted(
        'Blocks have {{average}} rows on average; {{count}} row is in none and will not be compared.',
        'Blocks have {{average}} rows on average; {{count}} rows are in none and will not be compared.',
        without,
        { average: fixedWords(average, 1) },
      )}
    </Text>
  );
}

interface UploadedProps {
  readonly participant: ProviderParticipant;
  readonly upload: Exclude<ProviderState['upload'], { kind: 'none' }>;
  /** Where another provider's secret differs. */
  readonly difference: string | undefined;
  readonly trouble: ReturnType<typeof useJob<undefined>>['state'];
}

function Uploaded({ participant, upload, difference, trouble }: UploadedProps) {
  const share = upload.kind === 'sent' ? 1 : upload.share;
  return (
    <Stack gap="sm">
      <Text role="status" className="figures">
        {upload.kind === 'sent'
          ? tCounted(
              'The linkage unit has the CLKs of your {{count}} row.',
              'The linkage unit has the CLKs of your {{count}} rows.',
              upload.rows,
            )
          : t('Sending CLKs, {{percent}} %', { percent: Math.floor(100 * share) })}
      </Text>
      <StageBar name={t('Upload')} share={share} />
      {difference !== undefined && (
        <Notice kind="error" title={t('Linkage secrets differ')}>
          {difference}
        </Notice>
      )}
      {trouble.kind === 'failed' && <NotSent message={trouble.message} />}
      <Group>
        <Button variant="default" onClick={() => void participant.connected.withdraw()}>
          {upload.kind === 'sent' ? t('Withdraw the CLKs') : t('Cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
