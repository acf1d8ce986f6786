import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { readSchema } from '../../clk/schema-reading.ts';
import { type NewProject, RESULT_TYPES } from '../../entity-service/answers.ts';
import { connectEntityService } from '../../entity-service/connect.ts';
import { readJson } from '../../parsing/json.ts';
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

/**
 * The schema as JSON.
 * @throws where it is none, or has an error
 */
function schemaJson(text: string): unknown {
  const json = readJson(text);
  if ('problem' in json) throw new Error(`The linkage schema is not JSON: ${json.problem}.`);
  const [error] = readSchema(text).problems.filter(({ severity }) => severity === 'error');
  if (error) throw new Error(`The linkage schema: ${error.message}`);
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
      report('Creating the project');
      const made = await connectEntityService(address).createProject({ ...draft, schema }, { signal });
      onProjectId(made.project_id);
      return made;
    });
  return (
    <section className="panel" aria-label="New project">
      <Stack gap="md">
        <Title order={2} size="h3">
          New project
        </Title>
        <ProjectFields draft={draft} onChange={change} />
        <Group>
          <Button onClick={create}>Create project</Button>
        </Group>
        <JobStatus job={job} name="Creating the project" failure="The project could not be created" />
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
          label="Project name"
          value={draft.name}
          onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
        />
        <TextInput
          label="Notes"
          value={draft.notes}
          onChange={({ currentTarget }) => onChange({ notes: currentTarget.value })}
        />
        <NumberField
          label="Data providers"
          value={draft.parties}
          min={2}
          onChange={(parties) => onChange({ parties })}
        />
        <NativeSelect
          label="Result type"
          value={draft.resultType}
          data={[...RESULT_TYPES]}
          onChange={({ currentTarget: { value } }) =>
            onChange({ resultType: RESULT_TYPES.find((known) => known === value) ?? 'groups' })
          }
        />
      </SimpleGrid>
      <Textarea
        label="Linkage schema"
        rows={6}
        spellCheck={false}
        value={draft.schema}
        onChange={({ currentTarget }) => onChange({ schema: currentTarget.value })}
      />
      <Checkbox
        label="Uses blocking"
        checked={draft.usesBlocking}
        onChange={({ currentTarget }) => onChange({ usesBlocking: currentTarget.checked })}
      />
    </>
  );
}

function ProjectTokens({ made }: { readonly made: NewProject }) {
  return (
    <Stack gap="xs">
      <TextInput label="New project ID" readOnly value={made.project_id} />
      <TextInput
        label="Result token"
        description="Keep it: it starts runs and fetches results"
        readOnly
        value={made.result_token}
      />
      {made.update_tokens.map((token, i) => (
        <TextInput key={token} label={`Update token for provider ${i + 1}`} readOnly value={token} />
      ))}
    </Stack>
  );
}
