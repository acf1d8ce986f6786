import { List, Stack, Text, Title } from '@mantine/core';
import { compareSchemas, type SchemaDifference } from '../../clk/schema-comparison.ts';
import { readSchema } from '../../clk/schema-reading.ts';
import { t } from '../../words/translate.ts';
import { FilePicker, JSON_FILES } from '../ui/file-picker.tsx';
import { fileText } from '../ui/file-text.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { Notice } from '../ui/notice.tsx';
import { SchemaProblems } from '../ui/schema-problems.tsx';
import { useJob } from '../ui/use-job.ts';
import { useReading } from '../ui/use-reading.ts';
import { useSchemaReading } from './workbench-state.ts';

interface OtherSchema {
  readonly name: string;
  readonly text: string;
}

/** What differs between the schema under work and another one, in plain words. */
export function SchemaComparison() {
  const job = useJob<OtherSchema>();
  const other = job.state.kind === 'done' ? job.state.value : undefined;
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {t('Compare with another schema')}
      </Title>
      <FilePicker
        label={t('Schema to compare with')}
        accept={JSON_FILES}
        onFile={(file) => job.start(async () => ({ name: file.name, text: await fileText(file) }))}
      />
      <JobStatus job={job} name={t('Reading the schema')} failure={t('The file could not be read')} />
      {other && <Differences other={other} />}
    </Stack>
  );
}

function Differences({ other }: { readonly other: OtherSchema }) {
  const first = useSchemaReading()?.schema;
  const reading = useReading(other.text, readSchema);
  if (reading.schema === undefined) {
    return (
      <>
        <Text>{t('“{{name}}” cannot be compared:', { name: other.name })}</Text>
        <SchemaProblems problems={reading.problems.filter(({ severity }) => severity === 'error')} />
      </>
    );
  }
  if (first === undefined)
    return <Text>{t('Write or open a valid schema above; it is the first one of the comparison.')}</Text>;
  const differences = compareSchemas(first, reading.schema);
  const decisive = differences.filter(({ changesClks }) => changesClks);
  const harmless = differences.filter(({ changesClks }) => !changesClks);
  return (
    <div role="status">
      <Stack gap="sm">
        <Text>{t('The first schema is the one above, the second is “{{name}}”.', { name: other.name })}</Text>
        {decisive.length === 0 ? (
          <Notice kind="info" title={t('The CLKs are the same')}>
            {differences.length === 0
              ? t('The two schemas say the same.')
              : t('The two schemas differ only in checks and texts.')}
          </Notice>
        ) : (
          <Notice kind="warning" title={t('CLKs made with these two schemas cannot be compared')}>
            <DifferenceList differences={decisive} />
          </Notice>
        )}
        {harmless.length > 0 && (
          <Notice kind="info" title={t('Differences that leave the CLKs as they are')}>
            <DifferenceList differences={harmless} />
          </Notice>
        )}
      </Stack>
    </div>
  );
}

function DifferenceList({ differences }: { readonly differences: readonly SchemaDifference[] }) {
  return (
    <List spacing={4}>
      {differences.map(({ message }) => (
        <List.Item key={message} style={{ overflowWrap: 'anywhere' }}>
          {message}
        </List.Item>
      ))}
    </List>
  );
}
