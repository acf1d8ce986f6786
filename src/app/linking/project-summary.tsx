import { Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { readSchema } from '../../clk/schema-reading.ts';
import { type Project, whoLearnsWhat } from '../../linking/project.ts';
import { message, t } from '../../words/translate.ts';

const RESULTS = {
  groups: message('Result: groups.'),
  mapping: message('Result: mapping.'),
  'similarity scores': message('Result: similarity scores.'),
  'permutations and mask': message('Result: permutations and mask.'),
} as const;

/** What the project is, on everybody's page in the same words. */
export function ProjectSummary({ project }: { readonly project: Project }) {
  const { name, notes, providers, linkageSchema, blockingSchema, resultType } = project;
  const learning = whoLearnsWhat(project);
  const encoded = useMemo(() => encodedColumns(linkageSchema), [linkageSchema]);
  return (
    <section className="panel" aria-label={t('Project')}>
      <Stack gap="xs" maw={760} style={{ overflowWrap: 'anywhere' }}>
        <Title order={2} size="h3">
          {name}
        </Title>
        {notes !== '' && <Text style={{ whiteSpace: 'pre-wrap' }}>{notes}</Text>}
        <Text>
          {t('{{providers}} data providers and a linkage unit. Encoded: {{columns}}.', { providers, columns: encoded })}{' '}
          {blockingSchema === undefined
            ? t('All rows are compared with all of the others.')
            : t('Only rows that share a block are compared.')}{' '}
          {t(RESULTS[resultType])}
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
