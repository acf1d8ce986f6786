import { Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { convertText } from '../../clk/schema-reading.ts';
import { defaultSchema } from '../../sample/default-schema.ts';
import { peopleSchema } from '../../sample/people-files.ts';
import { t } from '../../words/translate.ts';
import { CSV_FILES, FilePicker, JSON_FILES } from '../ui/file-picker.tsx';
import { fileText } from '../ui/file-text.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { lineSpan } from '../ui/json-place.ts';
import { saveFile } from '../ui/save-file.ts';
import { SchemaProblems } from '../ui/schema-problems.tsx';
import { useJob } from '../ui/use-job.ts';
import { guessColumns } from './column-guess.ts';
import { SchemaComparison } from './schema-comparison.tsx';
import { useSchemaReading, useWorkbench } from './workbench-state.ts';

const EXAMPLE = '{\n  "version": 3,\n  "clkConfig": { … },\n  "features": [ … ]\n}';

const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** The linkage schema: where it comes from, its text, what is wrong with it, and how it differs from another. */
export function SchemaSection() {
  const { state, update } = useWorkbench();
  const put = (text: string) => update({ schemaText: text });
  return (
    <Stack gap="xl">
      <Text c="dimmed" maw={720}>
        {t(
          'A linkage schema says how each column becomes bits of a CLK. All providers must use the same one. Versions 1, 2 and 3 can be read; what you write here is used by the other sections.',
        )}
      </Text>
      <SchemaSources onText={put} />
      <SchemaEditor text={state.schemaText} onText={put} />
      <SchemaComparison />
    </Stack>
  );
}

interface SchemaEditorProps {
  readonly text: string;
  onText(text: string): void;
}

function SchemaEditor({ text, onText }: SchemaEditorProps) {
  const version = useSchemaReading()?.version;
  const editor = useRef<HTMLTextAreaElement>(null);
  const goTo = (line: number) => {
    const area = editor.current;
    if (area === null) return;
    const [start, end] = lineSpan(text, line);
    area.focus();
    area.setSelectionRange(start, end);
    area.scrollTop = (area.scrollHeight * (line - 4)) / text.split('\n').length;
  };
  const convert = () => {
    const { converted } = convertText(text);
    if (converted) onText(pretty(converted));
  };
  return (
    <Stack gap="sm">
      <Textarea
        ref={editor}
        label={t('Linkage schema')}
        description={t('JSON. Checked as you type.')}
        value={text}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
        rows={22}
        spellCheck={false}
        wrap="off"
        resize="vertical"
        placeholder={EXAMPLE}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.85rem' } }}
      />
      <SchemaVerdict onLine={goTo} />
      <Group>
        <Button disabled={version === undefined || version === 3} onClick={convert}>
          {t('Convert to version 3')}
        </Button>
        <Button
          variant="default"
          disabled={text.trim() === ''}
          onClick={() => saveFile('linkage-schema.json', 'application/json', text)}
        >
          {t('Download schema')}
        </Button>
      </Group>
    </Stack>
  );
}

function SchemaSources({ onText }: { onText(text: string): void }) {
  const job = useJob<undefined>();
  const importFile = (file: File) =>
    job.start(async ({ signal }) => {
      const text = await fileText(file);
      signal.throwIfAborted();
      onText(text);
      return undefined;
    });
  const guess = (file: File) =>
    job.start(async ({ signal, report }) => {
      const columns = await guessColumns(file, signal, (done) =>
        report(t('Reading {{file}}', { file: file.name }), done),
      );
      signal.throwIfAborted();
      onText(pretty(defaultSchema(columns)));
      return undefined;
    });
  return (
    <Stack gap="md">
      <Group align="end" gap="xl">
        <FilePicker
          label={t('Schema file')}
          description={t('Opens a schema that you have')}
          accept={JSON_FILES}
          onFile={importFile}
        />
        <FilePicker
          label={t('Default schema for a CSV file')}
          description={t('Guesses from headers and values; look it over')}
          accept={CSV_FILES}
          onFile={guess}
        />
        <Button variant="default" onClick={() => onText(pretty(peopleSchema()))}>
          {t('Default schema for generated people')}
        </Button>
      </Group>
      <JobStatus job={job} name={t('Reading the file')} failure={t('The file could not be read')} />
    </Stack>
  );
}

function SchemaVerdict({ onLine }: { onLine(line: number): void }) {
  const { schemaText } = useWorkbench().state;
  const reading = useSchemaReading();
  if (reading === undefined) return <Text c="dimmed">{t('No schema yet.')}</Text>;
  const { schema, version, problems } = reading;
  return (
    <Stack gap="sm">
      <Group gap="sm" role="status">
        {version !== undefined && (
          <Badge variant="outline" tt="none" size="lg">
            {t('Version {{version}}', { version })}
          </Badge>
        )}
        <Text fw={600}>
          {schema === undefined
            ? t('The schema cannot be used yet.')
            : t('The schema is valid: {{features}} features, CLKs of {{bits}} bits.', {
                features: schema.features.length,
                bits: schema.clkConfig.l,
              })}
        </Text>
      </Group>
      <SchemaProblems problems={problems} text={schemaText} onLine={onLine} />
    </Stack>
  );
}
