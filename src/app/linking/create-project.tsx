import {
  Anchor,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { readBlockingSchema } from '../../blocking/blocking-schema.ts';
import { readSchema } from '../../clk/schema-reading.ts';
import {
  type Audience,
  MAX_PROVIDERS,
  MIN_PROVIDERS,
  RESULT_TYPES,
  type ResultType,
  whoLearnsWhat,
} from '../../linking/project.ts';
import { FilePicker, JSON_FILES } from '../ui/file-picker.tsx';
import { fileText } from '../ui/file-text.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { Notice } from '../ui/notice.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { SchemaProblems } from '../ui/schema-problems.tsx';
import { useJob } from '../ui/use-job.ts';
import { type MyRole, makeProject, type OpenProject } from './open-project.ts';
import { pageServices } from './page-services.ts';

const ROLE_NAMES: Readonly<Record<MyRole, string>> = {
  provider: 'A data provider',
  unit: 'The linkage unit',
  both: 'A data provider and the linkage unit',
};
const TYPE_NAMES: Readonly<Record<ResultType, string>> = {
  groups: 'Groups',
  mapping: 'Mapping (two providers)',
  'similarity scores': 'Similarity scores',
  'permutations and mask': 'Permutations and mask',
};
const AUDIENCE_NAMES: Readonly<Record<Audience, string>> = {
  everyone: 'The linkage unit and all data providers',
  'linkage unit': 'The linkage unit only',
};

const options = <T extends string>(names: Readonly<Record<T, string>>) =>
  Object.entries<string>(names).map(([value, label]) => ({ value, label }));

interface Draft {
  readonly name: string;
  readonly notes: string;
  readonly linkageSchema: string;
  readonly blockingSchema: string;
  readonly resultType: ResultType;
  readonly audience: Audience;
  readonly providers: number;
  readonly role: MyRole;
  readonly accepted: boolean;
}

const EMPTY: Draft = {
  name: '',
  notes: '',
  linkageSchema: '',
  blockingSchema: '',
  resultType: 'groups',
  audience: 'everyone',
  providers: 2,
  role: 'provider',
  accepted: false,
};

/** The form in which a project is written. */
export function CreateProject({ onCreated }: { onCreated(project: OpenProject): void }) {
  const [draft, setDraft] = useState(EMPTY);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const job = useJob<undefined>();
  const create = (event: FormEvent) => {
    event.preventDefault();
    job.start(async () => {
      const { role, accepted, blockingSchema, ...rest } = draft;
      if (role === 'both' && !accepted) {
        throw new Error('Accept that this page will hold both the secret and the CLKs, or choose another role.');
      }
      const blocking = blockingSchema.trim() === '' ? {} : { blockingSchema };
      onCreated(makeProject(await pageServices(), { version: 1, ...rest, ...blocking }, role));
      return undefined;
    });
  };
  const { resultType, audience } = draft;
  const learning = whoLearnsWhat(draft);
  return (
    <div className="panel">
      <form onSubmit={create} noValidate>
        <Stack gap="lg">
          <Title order={2} size="h3">
            New project
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
            <TextInput
              label="Project name"
              value={draft.name}
              maxLength={200}
              onChange={({ currentTarget: { value } }) => change({ name: value })}
            />
            <NumberField
              label="Data providers"
              value={draft.providers}
              min={MIN_PROVIDERS}
              max={MAX_PROVIDERS}
              onChange={(providers) => change({ providers })}
            />
          </SimpleGrid>
          <Textarea
            label="Notes"
            description="Everybody in the room reads them"
            rows={3}
            maxLength={5000}
            value={draft.notes}
            onChange={({ currentTarget: { value } }) => change({ notes: value })}
          />
          <SchemaFields draft={draft} onChange={change} />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
            <NativeSelect
              label="Result type"
              value={resultType}
              data={options(TYPE_NAMES)}
              onChange={({ currentTarget: { value } }) => {
                const chosen = RESULT_TYPES.find((type) => type === value) ?? 'groups';
                change({ resultType: chosen, audience: chosen === 'similarity scores' ? 'linkage unit' : 'everyone' });
              }}
            />
            {resultType !== 'permutations and mask' && (
              <NativeSelect
                label="Results go to"
                value={audience}
                data={options(AUDIENCE_NAMES)}
                onChange={({ currentTarget: { value } }) =>
                  change({ audience: value === 'everyone' ? 'everyone' : 'linkage unit' })
                }
              />
            )}
          </SimpleGrid>
          <Notice kind="info" title="Who learns what">
            {learning.unit} {learning.providers}
          </Notice>
          <RoleFields draft={draft} onChange={change} />
          <Group>
            <Button type="submit">Create project</Button>
          </Group>
          <JobStatus job={job} name="Creating the project" failure="The project could not be created" />
        </Stack>
      </form>
    </div>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  onChange(part: Partial<Draft>): void;
}

const MONOSPACE = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.85rem' } };

/** Opens the workbench beside this page, which keeps what was filled in. */
function SchemaHint() {
  return (
    <>
      JSON: how each column becomes bits. Write and try one in the{' '}
      <Anchor href="#/workbench" target="_blank" size="xs" underline="always">
        workbench
      </Anchor>
    </>
  );
}

function SchemaFields({ draft: { linkageSchema, blockingSchema }, onChange }: FieldsProps) {
  const reading = useJob<undefined>();
  const read = (file: File, put: (text: string) => void) =>
    reading.start(async ({ signal }) => {
      const text = await fileText(file);
      signal.throwIfAborted();
      put(text);
      return undefined;
    });
  const linkage = useMemo(
    () => (linkageSchema.trim() === '' ? [] : readSchema(linkageSchema).problems),
    [linkageSchema],
  );
  const blocking = useMemo(
    () => (blockingSchema.trim() === '' ? [] : readBlockingSchema(blockingSchema).problems),
    [blockingSchema],
  );
  return (
    <>
      <Stack gap="xs">
        <Textarea
          label="Linkage schema"
          description={<SchemaHint />}
          rows={8}
          spellCheck={false}
          wrap="off"
          resize="vertical"
          styles={MONOSPACE}
          value={linkageSchema}
          onChange={({ currentTarget: { value } }) => onChange({ linkageSchema: value })}
        />
        <FilePicker
          label="Schema from a file"
          accept={JSON_FILES}
          onFile={(file) => read(file, (text) => onChange({ linkageSchema: text }))}
        />
        <SchemaProblems problems={linkage} />
      </Stack>
      <Stack gap="xs">
        <Textarea
          label="Blocking schema"
          description="Optional, JSON: only rows that share a block are compared, which saves time with long files"
          rows={4}
          spellCheck={false}
          wrap="off"
          resize="vertical"
          styles={MONOSPACE}
          value={blockingSchema}
          onChange={({ currentTarget: { value } }) => onChange({ blockingSchema: value })}
        />
        <FilePicker
          label="Blocking from a file"
          accept={JSON_FILES}
          onFile={(file) => read(file, (text) => onChange({ blockingSchema: text }))}
        />
        <SchemaProblems problems={blocking} />
      </Stack>
      <JobStatus job={reading} name="Reading the file" failure="The file could not be read" />
    </>
  );
}

const ROLE_WORDS: Readonly<Record<MyRole, string>> = {
  provider:
    'This page makes the linkage secret and the links: for the other providers with the secret, for the linkage unit without it.',
  unit: 'This page makes links for the providers, without a secret. The providers agree on a linkage secret among themselves and never tell you.',
  both: 'This page makes the linkage secret and the links for the other providers, and compares the CLKs itself.',
};

function RoleFields({ draft: { role, accepted }, onChange }: FieldsProps) {
  return (
    <Stack gap="xs">
      <NativeSelect
        label="My role"
        maw="26rem"
        value={role}
        data={options(ROLE_NAMES)}
        onChange={({ currentTarget: { value } }) => {
          const chosen = value === 'unit' || value === 'both' ? value : 'provider';
          onChange({ role: chosen, accepted: false });
        }}
      />
      <Text size="sm" c="dimmed" maw={720}>
        {ROLE_WORDS[role]}
      </Text>
      {role === 'both' && (
        <Notice kind="warning" title="A provider should not be the linkage unit">
          <Stack gap="sm">
            <Text>
              You would hold the secret and the CLKs of all other providers: enough to find out, by guessing, who their
              people are and much of what the linkage schema encodes about them. Do this only where you may see their
              data anyway, for example with test data.
            </Text>
            <Checkbox
              label="I accept this, and the other providers know it"
              checked={accepted}
              onChange={({ currentTarget: { checked } }) => onChange({ accepted: checked })}
            />
          </Stack>
        </Notice>
      )}
    </Stack>
  );
}
