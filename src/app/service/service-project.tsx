import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { readSchema } from '../../clk/schema-reading.ts';
import { type NewProject, RESULT_TYPES } from '../../entity-service/answers.ts';
import { connectEntityService } from '../../entity-service/entity-service.ts';
import { readJson } from '../../parsing/json.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { useJob } from '../ui/use-job.ts';
import type { ServiceProps } from './service-props.ts';

/** A new project at the service, and the tokens it gives out. */
export function ServiceProject({ address, onProjectId }: ServiceProps) {
  const [name, setName] = useState('');
  const [notes, setNotes] = useState('');
  const [schema, setSchema] = useState('');
  const [type, setType] = useState<(typeof RESULT_TYPES)[number]>('groups');
  const [parties, setParties] = useState(2);
  const [usesBlocking, setUsesBlocking] = useState(false);
  const job = useJob<NewProject>();
  const create = () =>
    job.start(async ({ signal, report }) => {
      const json = readJson(schema);
      if ('problem' in json) throw new Error(`The linkage schema is not JSON: ${json.problem}.`);
      const [error] = readSchema(schema).problems.filter(({ severity }) => severity === 'error');
      if (error) throw new Error(`The linkage schema: ${error.message}`);
      report('Creating the project');
      const made = await connectEntityService(address).createProject(
        { schema: json.data, resultType: type, parties, name, notes, usesBlocking },
        { signal },
      );
      onProjectId(made.project_id);
      return made;
    });
  const made = job.state.kind === 'done' ? job.state.value : undefined;
  return (
    <section className="panel" aria-label="New project">
      <Stack gap="md">
        <Title order={2} size="h3">
          New project
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Project name" value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
          <TextInput label="Notes" value={notes} onChange={({ currentTarget }) => setNotes(currentTarget.value)} />
          <NumberField label="Data providers" value={parties} min={2} onChange={setParties} />
          <NativeSelect
            label="Result type"
            value={type}
            data={[...RESULT_TYPES]}
            onChange={({ currentTarget: { value } }) =>
              setType(RESULT_TYPES.find((known) => known === value) ?? 'groups')
            }
          />
        </SimpleGrid>
        <Textarea
          label="Linkage schema"
          rows={6}
          spellCheck={false}
          value={schema}
          onChange={({ currentTarget }) => setSchema(currentTarget.value)}
        />
        <Checkbox
          label="Uses blocking"
          checked={usesBlocking}
          onChange={({ currentTarget }) => setUsesBlocking(currentTarget.checked)}
        />
        <Group>
          <Button onClick={create}>Create project</Button>
        </Group>
        <JobStatus job={job} name="Creating the project" failure="The project could not be created" />
        {made && (
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
        )}
      </Stack>
    </section>
  );
}
