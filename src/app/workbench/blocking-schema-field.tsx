import { Textarea } from '@mantine/core';
import type { BlockingSchemaReading } from '../../blocking/blocking-schema.ts';
import { FilePicker, JSON_FILES } from '../ui/file-picker.tsx';
import { fileText } from '../ui/file-text.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { SchemaProblems } from '../ui/schema-problems.tsx';
import { useJob } from '../ui/use-job.ts';

interface BlockingSchemaFieldProps {
  /** Goes before the names of its fields, where a page has several. */
  readonly of?: string;
  readonly text: string;
  readonly reading: BlockingSchemaReading | undefined;
  onChange(text: string): void;
}

/** A blocking schema, from a file or typed, and what is wrong with it. */
export function BlockingSchemaField({ of, text, reading, onChange }: BlockingSchemaFieldProps) {
  const opening = useJob<undefined>();
  const name = of === undefined ? 'Blocking schema' : `Blocking schema ${of}`;
  const open = (file: File) =>
    opening.start(async ({ signal }) => {
      const read = await fileText(file);
      signal.throwIfAborted();
      onChange(read);
      return undefined;
    });
  return (
    <>
      <FilePicker
        label={of === undefined ? 'Blocking schema file' : `Blocking schema file ${of}`}
        accept={JSON_FILES}
        onFile={open}
      />
      <JobStatus job={opening} name="Reading the file" failure="The file could not be read" />
      <Textarea
        label={name}
        value={text}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        rows={8}
        spellCheck={false}
        wrap="off"
        resize="vertical"
        placeholder={'{ "type": "p-sig", "version": 1, "config": { … } }'}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.85rem' } }}
      />
      {reading && <SchemaProblems problems={reading.problems} />}
    </>
  );
}
