import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { readSchema } from '../../clk/schema-reading.ts';
import { newLinkageSecret } from '../../linking/invitation.ts';
import type { Project } from '../../linking/project.ts';
import type { ProviderState } from '../../linking/provider.ts';
import { differenceWords } from '../../linking/secret-checks.ts';
import { ClkView } from '../ui/clk-view.tsx';
import { chooseColumns, leftOutWords } from '../ui/column-choice.ts';
import { CsvPicker } from '../ui/csv-picker.tsx';
import { type CsvTable, readCsvTable } from '../ui/csv-table.ts';
import { DataProblems } from '../ui/data-problems.tsx';
import type { FoundProblems } from '../ui/encoding-run.ts';
import { countWords } from '../ui/format.ts';
import { HeaderSwitch } from '../ui/header-switch.tsx';
import { JobStatus } from '../ui/job-status.tsx';
import { Notice } from '../ui/notice.tsx';
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

/** From the CSV file to CLKs, and from there to the linkage unit. */
export function ProviderData({ participant, project, state, linkSecret, table, onTable: setTable }: ProviderDataProps) {
  const [typed, setTyped] = useState('');
  const reading = useJob<undefined>();
  const encoding = useJob<PreparedUpload | FoundProblems>();
  const sending = useJob<undefined>();
  const secret = linkSecret ?? typed;
  const encode = (from: CsvTable, check = true) =>
    encoding.start((control) => prepareUpload(project, from, secret, check, control));
  const read = (name: string, textOf: () => Promise<string>, hasHeader?: boolean) => {
    encoding.reset();
    setTable(undefined);
    reading.start(async ({ signal, report }) => {
      report(`Reading ${name}`);
      const options = hasHeader === undefined ? { signal } : { signal, hasHeader };
      const made = await readCsvTable(name, await textOf(), options);
      signal.throwIfAborted();
      setTable(made);
      if (secret !== '') encode(made);
      return undefined;
    });
  };
  const outcome = encoding.state.kind === 'done' ? encoding.state.value : undefined;
  const prepared = outcome && 'upload' in outcome ? outcome : undefined;
  const { upload } = state;
  if (upload.kind !== 'none') {
    return (
      <Uploaded
        participant={participant}
        upload={upload}
        difference={differenceWords(state.secrets)}
        trouble={sending.state}
      />
    );
  }
  return (
    <Stack gap="md">
      {linkSecret === undefined && (
        <SecretFields
          value={typed}
          onChange={(value) => {
            // CLKs made with the secret as it was are not sent under the new one.
            encoding.reset();
            setTyped(value);
          }}
        />
      )}
      <CsvPicker
        label="CSV file"
        description="Stays on this computer: only its CLKs are sent"
        onChoose={() => {
          encoding.reset();
          setTable(undefined);
        }}
        onFile={read}
      />
      <JobStatus job={reading} name="Reading" failure="The file could not be read" />
      {table && (
        <TableLine
          table={table}
          project={project}
          onHeader={(hasHeader) => read(table.name, () => Promise.resolve(table.text), hasHeader)}
        />
      )}
      {table && encoding.state.kind !== 'running' && !prepared && (
        <Group>
          <Button onClick={() => encode(table)} disabled={secret === ''}>
            Encode
          </Button>
          {outcome && !('upload' in outcome) && (
            <Button variant="default" onClick={() => encode(table, false)}>
              Encode in spite of the problems
            </Button>
          )}
        </Group>
      )}
      <JobStatus job={encoding} name="Encoding" failure="There are no CLKs" />
      {outcome && !('upload' in outcome) && <DataProblems found={outcome} />}
      {prepared && <ClkView clks={prepared.clks} />}
      {prepared?.blocked && <BlockLine prepared={prepared} />}
      <Group>
        <Button
          disabled={!prepared}
          onClick={() => {
            if (!prepared) return;
            sending.start(async () => {
              await participant.connected.upload(prepared.upload, prepared.secret);
              return undefined;
            });
          }}
        >
          Upload
        </Button>
      </Group>
      {sending.state.kind === 'failed' && (
        <Notice kind="error" title="The CLKs were not sent">
          {sending.state.message}
        </Notice>
      )}
    </Stack>
  );
}

function SecretFields({ value, onChange }: { readonly value: string; onChange(secret: string): void }) {
  return (
    <Group align="end">
      <PasswordInput
        label="Linkage secret"
        description="All providers enter the same one. Never tell the linkage unit"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the secret', tabIndex: 0 }}
        miw={0}
        w="26rem"
      />
      <Button variant="default" onClick={() => onChange(newLinkageSecret())}>
        Make a secret
      </Button>
    </Group>
  );
}

interface TableLineProps {
  readonly table: CsvTable;
  readonly project: Project;
  onHeader(hasHeader: boolean): void;
}

function TableLine({ table, project, onHeader }: TableLineProps) {
  const { schema } = readSchema(project.linkageSchema);
  const leftOut = schema && leftOutWords(chooseColumns(schema, table));
  return (
    <>
      <Text size="sm" className="figures" role="status" style={{ overflowWrap: 'anywhere' }}>
        {table.name}: {countWords(table.rows, 'row')}, {countWords(table.columns.length, 'column')}
      </Text>
      {leftOut !== undefined && (
        <Text size="sm" c="dimmed">
          {leftOut}
        </Text>
      )}
      <HeaderSwitch table={table} onChange={onHeader} />
    </>
  );
}

function BlockLine({ prepared: { blocked, upload } }: { readonly prepared: PreparedUpload }) {
  const counts = upload.blocks?.counts ?? new Uint16Array();
  const without = counts.reduce((sum, count) => sum + (count === 0 ? 1 : 0), 0);
  const average = blocked?.statistics.avg_size ?? 0;
  return (
    <Text size="sm" className="figures">
      Blocks have {average.toFixed(1)} rows on average; {countWords(without, 'row is', 'rows are')} in none and will not
      be compared.
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
          ? `The linkage unit has the CLKs of your ${countWords(upload.rows, 'row')}.`
          : `Sending CLKs, ${Math.floor(100 * share)} %`}
      </Text>
      <StageBar name="Upload" share={share} />
      {difference !== undefined && (
        <Notice kind="error" title="Linkage secrets differ">
          {difference}
        </Notice>
      )}
      {trouble.kind === 'failed' && (
        <Notice kind="error" title="The CLKs were not sent">
          {trouble.message}
        </Notice>
      )}
      <Group>
        <Button variant="default" onClick={() => void participant.connected.withdraw()}>
          {upload.kind === 'sent' ? 'Withdraw the CLKs' : 'Cancel'}
        </Button>
      </Group>
    </Stack>
  );
}
