import { Textarea } from '@mantine/core';
import type { BlockingSchemaReading } from '../../blocking/blocking-schema.ts';
import { t } from '../../words/translate.ts';
import { FilePicker, JSON_FILES } from '../ui/file-picker.tsx';
import { fileText } from '../ui/file-text.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { SchemaProblems } from '../ui/schema-problems.tsx';
import { useJob } from '../ui/use-job.ts';

const EXAMPLE = '{ "type": "p-sig", "version": 1, "config": { … } }';

interface BlockingSchemaFieldProps {
  /** Names of its fields, where a page has several. */
  readonly label?: string;
  readonly fileLabel?: string;
  readonly text: string;
  readonly reading: BlockingSchemaReading | undefined;
  onChange(text: string): void;
}

/** A blocking schema, from a file or typed, and what is wrong with it. */
export function BlockingSchemaField({ label, fileLabel, text, reading, onChange }: BlockingSchemaFieldProps) {
  const opening = useJob<undefined>();

  const open = (file: File) =>
    opening.start(async ({ signal }) => {
      const read = await fileText(file);
      signal.throwIfAborted();
      onChange(read);
      return undefined;
    });
  return (
    <>
      <FilePicker label={fileLabel ?? t('Blocking schema file')} accept={JSON_FILES} onFile={open} />
      <JobStatus job={opening} name={t('Reading the file')} failure={t('The file could not be read')} />
      <Textarea
        label={label ?? t('Blocking schema')}
        value={text}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        rows={8}
        spellCheck={false}
        wrap="off"
        resize="vertical"
        placeholder={EXAMPLE}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.85rem' } }}
      />
      {reading && <SchemaProblems problems={reading.problems} />}
    </>
  );
}
