import { Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { readSchema } from '../../clk/schema-reading.ts';
import { type Project, whoLearnsWhat } from '../../linking/project.ts';

/** What the project is, on everybody's page in the same words. */
export function ProjectSummary({ project }: { readonly project: Project }) {
  const { name, notes, providers, linkageSchema, blockingSchema, resultType } = project;
  const learning = whoLearnsWhat(project);
  const encoded = useMemo(() => encodedColumns(linkageSchema), [linkageSchema]);
  return (
    <section className="panel" aria-label="Project">
      <Stack gap="xs" maw={760} style={{ overflowWrap: 'anywhere' }}>
        <Title order={2} size="h3">
          {name}
        </Title>
        {notes !== '' && <Text style={{ whiteSpace: 'pre-wrap' }}>{notes}</Text>}
        <Text>
          {providers} data providers and a linkage unit. Encoded: {encoded}.{' '}
          {blockingSchema === undefined
            ? 'All rows are compared with all of the others.'
            : 'Only rows that share a block are compared.'}{' '}
          Result: {resultType}.
        </Text>
        <Text>
          {learning.unit} {learning.providers}
        </Text>
      </Stack>
    </section>
  );
}

function encodedColumns(schemaText: string): string {
  const { schema } = readSchema(schemaText);
  const names = schema?.features.filter(({ ignored }) => ignored !== true).map(({ identifier }) => identifier) ?? [];
  return names.join(', ');
}
