import { Button, Group, NativeSelect, SimpleGrid, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import {
  type Audience,
  MAX_PROVIDERS,
  MIN_PROVIDERS,
  RESULT_TYPES,
  type ResultType,
  whoLearnsWhat,
} from '../../linking/project.ts';
import { message, t } from '../../words/translate.ts';
import { JobStatus } from '../ui/job-status.tsx';
import { Notice } from '../ui/notice.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { useJob } from '../ui/use-job.ts';
import { usePageTitle } from '../ui/use-page-title.ts';
import { makeProject, type OpenProject } from './open-project.ts';
import { pageServices } from './page-services.ts';
import { type DraftProps, draftProblems, EMPTY_DRAFT, optionsOf, type ProjectDraft } from './project-draft.ts';
import { RoleFields } from './role-fields.tsx';
import { SchemaFields } from './schema-fields.tsx';

const TYPE_NAMES: Readonly<Record<ResultType, string>> = {
  groups: message('Groups'),
  mapping: message('Mapping (two providers)'),
  'similarity scores': message('Similarity scores'),
  'permutations and mask': message('Permutations and mask'),
};
const AUDIENCE_NAMES: Readonly<Record<Audience, string>> = {
  everyone: message('The linkage unit and all data providers'),
  'linkage unit': message('The linkage unit only'),
};

/** The form in which a project is written. */
export function CreateProject({ onCreated }: { onCreated(project: OpenProject): void }) {
  usePageTitle(t('Link data sets anonymously'));
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const change = (part: Partial<ProjectDraft>) => setDraft((before) => ({ ...before, ...part }));
  const job = useJob<undefined>();
  const [tried, setTried] = useState(false);
  const problems = tried ? draftProblems(draft) : {};
  const create = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (Object.keys(draftProblems(draft)).length > 0) {
      const form = event.currentTarget;
      flushSync(() => setTried(true));
      form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    job.start(async () => {
      const { role, accepted, blockingSchema, ...rest } = draft;
      if (role === 'both' && !accepted) {
        throw new Error(t('Accept that this page will hold both the secret and the CLKs, or choose another role.'));
      }
      const blocking = blockingSchema.trim() === '' ? {} : { blockingSchema };
      onCreated(makeProject(await pageServices(), { version: 1, ...rest, ...blocking }, role));
      return undefined;
    });
  };
  const learning = whoLearnsWhat(draft);
  return (
    <div className="panel">
      <form onSubmit={create} noValidate>
        <Stack gap="lg">
          <Title order={2} size="h3">
            {t('New project')}
          </Title>
          <AboutFields draft={draft} problems={problems} onChange={change} />
          <SchemaFields draft={draft} problems={problems} onChange={change} />
          <ResultFields draft={draft} onChange={change} />
          <Notice kind="info" title={t('Who learns what')}>
            {learning.unit} {learning.providers}
          </Notice>
          <RoleFields draft={draft} onChange={change} />
          <Group>
            <Button type="submit">{t('Create project')}</Button>
          </Group>
          <JobStatus job={job} name={t('Creating the project')} failure={t('The project could not be created')} />
        </Stack>
      </form>
    </div>
  );
}

function AboutFields({ draft: { name, providers, notes }, problems, onChange }: DraftProps) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <TextInput
          label={t('Project name')}
          value={name}
          maxLength={200}
          error={problems.name}
          onChange={({ currentTarget: { value } }) => onChange({ name: value })}
        />
        <NumberField
          label={t('Data providers')}
          value={providers}
          min={MIN_PROVIDERS}
          max={MAX_PROVIDERS}
          onChange={(changed) => onChange({ providers: changed })}
        />
      </SimpleGrid>
      <Textarea
        label={t('Notes')}
        description={t('Everybody in the room reads them')}
        rows={3}
        maxLength={5000}
        value={notes}
        onChange={({ currentTarget: { value } }) => onChange({ notes: value })}
      />
    </>
  );
}

function ResultFields({ draft: { resultType, audience }, onChange }: Omit<DraftProps, 'problems'>) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
      <NativeSelect
        label={t('Result type')}
        value={resultType}
        data={optionsOf(TYPE_NAMES)}
        onChange={({ currentTarget: { value } }) => {
          const chosen = RESULT_TYPES.find((type) => type === value) ?? 'groups';
          onChange({ resultType: chosen, audience: chosen === 'similarity scores' ? 'linkage unit' : 'everyone' });
        }}
      />
      {resultType !== 'permutations and mask' && (
        <NativeSelect
          label={t('Results go to')}
          value={audience}
          data={optionsOf(AUDIENCE_NAMES)}
          onChange={({ currentTarget: { value } }) =>
            onChange({ audience: value === 'everyone' ? 'everyone' : 'linkage unit' })
          }
        />
      )}
    </SimpleGrid>
  );
}
