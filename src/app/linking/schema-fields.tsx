import { Anchor, Stack, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { readBlockingSchema } from '../../blocking/blocking-schema.ts';
import { readSchema } from '../../clk/schema-reading.ts';
import type { SchemaProblem } from '../../clk/schema-rules.ts';
import { t } from '../../words/translate.ts';
import { FilePicker, JSON_FILES } from '../ui/file-picker.tsx';
import { fileText } from '../ui/file-text.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { SchemaProblems } from '../ui/schema-problems.tsx';
import { Sentence } from '../ui/sentence.tsx';
import { useJob } from '../ui/use-job.ts';
import { ifWritten, useReading } from '../ui/use-reading.ts';
import type { DraftProps } from './project-draft.ts';

const MONOSPACE = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.85rem' } };

/** Opens the workbench beside this page, which keeps what was filled in. */
function SchemaHint() {
  return (
    <Sentence
      english="JSON: how each column becomes bits. Write and try one in the <a>workbench</a>"
      elements={{ a: <Anchor href="#/workbench" target="_blank" size="xs" underline="always" /> }}
    />
  );
}

const readLinkage = ifWritten(readSchema);
const readBlocking = ifWritten(readBlockingSchema);

/** The linkage schema of a project, and its blocking schema: typed, or read from files. */
export function SchemaFields({ draft: { linkageSchema, blockingSchema }, problems, onChange }: DraftProps) {
  const reading = useJob<undefined>();
  const read = (file: File, put: (text: string) => void) =>
    reading.start(async ({ signal }) => {
      const text = await fileText(file);
      signal.throwIfAborted();
      put(text);
      return undefined;
    });
  const linkage = useReading(linkageSchema, readLinkage)?.problems ?? [];
  const blocking = useReading(blockingSchema, readBlocking)?.problems ?? [];
  const putLinkage = (text: string) => onChange({ linkageSchema: text });
  const putBlocking = (text: string) => onChange({ blockingSchema: text });
  return (
    <>
      <SchemaField
        label={t('Linkage schema')}
        description={<SchemaHint />}
        rows={8}
        value={linkageSchema}
        onChange={putLinkage}
        fileLabel={t('Schema from a file')}
        onFile={(file) => read(file, putLinkage)}
        problems={linkage}
        missing={problems.linkageSchema}
      />
      <SchemaField
        label={t('Blocking schema')}
        description={t('Optional, JSON: only rows that share a block are compared, which saves time with long files')}
        rows={4}
        value={blockingSchema}
        onChange={putBlocking}
        fileLabel={t('Blocking from a file')}
        onFile={(file) => read(file, putBlocking)}
        problems={blocking}
      />
      <JobStatus job={reading} name={t('Reading the file')} failure={t('The file could not be read')} />
    </>
  );
}

interface SchemaFieldProps {
  readonly problems: readonly SchemaProblem[];
  readonly label: string;
  readonly description: ReactNode;
  readonly rows: number;
  readonly value: string;
  onChange(text: string): void;
  readonly fileLabel: string;
  onFile(file: File): void;
  /** What the field lacks while it is empty. */
  readonly missing?: string | undefined;
}

function SchemaField({ fileLabel, onFile, onChange, problems, missing, ...input }: SchemaFieldProps) {
  return (
    <Stack gap="xs">
      <Textarea
        {...input}
        spellCheck={false}
        wrap="off"
        resize="vertical"
        styles={MONOSPACE}
        error={missing ?? problems.some(({ severity }) => severity === 'error')}
        onChange={({ currentTarget: { value } }) => onChange(value)}
      />
      <FilePicker label={fileLabel} accept={JSON_FILES} onFile={onFile} />
      <SchemaProblems problems={problems} />
    </Stack>
  );
}
