import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { readSchema } from '../../clk/schema-reading.ts';
import { type NewProject, RESULT_TYPES } from '../../entity-service/answers.ts';
import { connectEntityService } from '../../entity-service/connect.ts';
import { readJson } from '../../parsing/json.ts';
import { message, t } from '../../words/translate.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { useJob } from '../ui/use-job.ts';
import type { ServiceProps } from './service-props.ts';

interface Draft {
  readonly name: string;
  readonly notes: string;
  /** The linkage schema, as typed. */
  readonly schema: string;
  readonly resultType: (typeof RESULT_TYPES)[number];
  readonly parties: number;
  readonly usesBlocking: boolean;
}

const EMPTY: Draft = { name: '', notes: '', schema: '', resultType: 'groups', parties: 2, usesBlocking: false };

const TYPE_NAMES = {
  groups: message('groups'),
  permutations: message('permutations'),
  similarity_scores: message('similarity_scores'),
} as const;

/**
 * The schema as JSON.
 * @throws where it is none, or has an error
 */
function schemaJson(text: string): unknown {
  const json = readJson(text);
  if ('problem' in json) throw new Error(t('The linkage schema is not JSON: {{problem}}.', { problem: json.problem }));
  const [error] = readSchema(text).problems.filter(({ severity }) => severity === 'error');
  if (error) throw new Error(t('The linkage schema: {{problem}}', { problem: error.message }));
  return json.data;
}

/** A new project at the service, and the tokens it gives out. */
export function ServiceProject({ address, onProjectId }: ServiceProps) {
  const [draft, setDraft] = useState(EMPTY);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const job = useJob<NewProject>();
  const create = () =>
    job.start(async ({ signal, report }) => {
      const schema = schemaJson(draft.schema);
      report(t('Creating the project'));
      const made = await connectEntityService(address).createProject({ ...draft, schema }, { signal });
      onProjectId(made.project_id);
      return made;
    });
  return (
    <section className="panel" aria-label={t('New project')}>
      <Stack gap="md">
        <Title order={2} size="h3">
          {t('New project')}
        </Title>
        <ProjectFields draft={draft} onChange={change} />
        <Group>
          <Button onClick={create}>{t('Create project')}</Button>
        </Group>
        <JobStatus job={job} name={t('Creating the project')} failure={t('The project could not be created')} />
        {job.state.kind === 'done' && <ProjectTokens made={job.state.value} />}
      </Stack>
    </section>
  );
}

interface ProjectFieldsProps {
  readonly draft: Draft;
  onChange(part: Partial<Draft>): void;
}

function ProjectFields({ draft, onChange }: ProjectFieldsProps) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('Project name')}
          value={draft.name}
          onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
        />
        <TextInput
          label={t('Notes')}
          value={draft.notes}
          onChange={({ currentTarget }) => onChange({ notes: currentTarget.value })}
        />
        <NumberField
          label={t('Data providers')}
          value={draft.parties}
          min={2}
          onChange={(parties) => onChange({ parties })}
        />
        <NativeSelect
          label={t('Result type')}
          value={draft.resultType}
          data={RESULT_TYPES.map((value) => ({ value, label: t(TYPE_NAMES[value]) }))}
          onChange={({ currentTarget: { value } }) =>
            onChange({ resultType: RESULT_TYPES.find((known) => known === value) ?? 'groups' })
          }
        />
      </SimpleGrid>
      <Textarea
        label={t('Linkage schema')}
        rows={6}
        spellCheck={false}
        value={draft.schema}
        onChange={({ currentTarget }) => onChange({ schema: currentTarget.value })}
      />
      <Checkbox
        label={t('Uses blocking')}
        checked={draft.usesBlocking}
        onChange={({ currentTarget }) => onChange({ usesBlocking: currentTarget.checked })}
      />
    </>
  );
}

function ProjectTokens({ made }: { readonly made: NewProject }) {
  return (
    <Stack gap="xs">
      <TextInput label={t('New project ID')} readOnly value={made.project_id} />
      <TextInput
        label={t('Result token')}
        description={t('Keep it: it starts runs and fetches results')}
        readOnly
        value={made.result_token}
      />
      {made.update_tokens.map((token, i) => (
        <TextInput
          key={token}
          label={t('Update token for provider {{number}}', { number: i + 1 })}
          readOnly
          value={token}
        />
      ))}
    </Stack>
  );
}
