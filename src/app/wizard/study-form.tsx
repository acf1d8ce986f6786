import { Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { MAX_STUDY_TEXT } from '../../agreement/study.ts';
import { t } from '../../words/translate.ts';
import type { Party } from '../party/party.ts';
import type { PartyState } from '../party/state.ts';
import { studyJson } from '../party/study-file.ts';
import { FilePicker, JSON_FILES } from '../ui/file-picker.tsx';
import { Notice } from '../ui/notice.tsx';
import { saveFile } from '../ui/save-file.ts';
import type { StepProps } from './step-props.ts';

/** What the study is called, for what, by whom: all optional, all in the agreement. */
function StudyForm({ party, state }: StepProps) {
  // It stays open while somebody empties the last of its fields.
  const [said] = useState(() => Object.values(state.study).some((text) => text !== ''));
  return (
    <details open={said}>
      <summary>{t('About the study (optional)')}</summary>
      <StudyFields party={party} state={state} />
    </details>
  );
}

function StudyFields({ party, state }: StepProps) {
  const { title, purpose, organisation, approval, until } = state.study;
  return (
    <Stack gap="sm" mt="sm">
      <Text size="sm" c="dimmed">
        {t('Both of you read this in the agreement. The data owner’s ledger and the result keep it.')}
      </Text>
      <TextInput
        label={t('Study title')}
        maxLength={MAX_STUDY_TEXT.title}
        value={title}
        onChange={({ currentTarget }) => party.setStudy({ title: currentTarget.value })}
      />
      <Textarea
        label={t('Purpose')}
        autosize
        minRows={2}
        maxLength={MAX_STUDY_TEXT.purpose}
        value={purpose}
        onChange={({ currentTarget }) => party.setStudy({ purpose: currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('Your organisation')}
          maxLength={MAX_STUDY_TEXT.organisation}
          value={organisation}
          onChange={({ currentTarget }) => party.setStudy({ organisation: currentTarget.value })}
        />
        <TextInput
          label={t('Approval number')}
          description={t('Of an ethics board or a contract')}
          maxLength={MAX_STUDY_TEXT.approval}
          value={approval}
          onChange={({ currentTarget }) => party.setStudy({ approval: currentTarget.value })}
        />
        <TextInput
          label={t('Holds until')}
          description={t('No run begins after this day')}
          type="date"
          value={until}
          onChange={({ currentTarget }) => party.setStudy({ until: currentTarget.value })}
        />
      </SimpleGrid>
    </Stack>
  );
}

/** On the first step: takes up what was saved. */
export function OpenStudy({ party, problems }: { readonly party: Party; readonly problems: readonly string[] }) {
  return (
    <Stack gap="sm">
      <FilePicker
        label={t('Open study')}
        description={t('Columns and rules of an earlier run, saved with “Save study”')}
        accept={JSON_FILES}
        onFile={(file) => void party.openStudy(file)}
      />
      <StudyProblems problems={problems} />
    </Stack>
  );
}

function StudyProblems({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <Notice kind="error" title={t('The study could not be taken up as it is')}>
      {problems.map((problem) => (
        <Text key={problem} style={{ overflowWrap: 'anywhere' }}>
          {problem}
        </Text>
      ))}
    </Notice>
  );
}

/** Saves what this side has chosen, for the next run with another delivery of the file. */
export function SaveStudy({ state }: { readonly state: PartyState }) {
  const [problem, setProblem] = useState<string>();
  const save = () => {
    try {
      saveFile('blindjoin-study.json', 'application/json', studyJson(state));
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Stack gap="xs" align="start">
      <Group gap="sm">
        <Button variant="default" onClick={save}>
          {t('Save study')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('Columns and rules for the next run. It holds no row, key or link.')}
        </Text>
      </Group>
      {problem !== undefined && (
        <Notice kind="error" title={t('The study could not be saved')}>
          <Text>{problem}</Text>
        </Notice>
      )}
    </Stack>
  );
}

/** Below the rules of either side: words about the study, and the file for next time. */
export function StudySection({ party, state }: StepProps) {
  return (
    <Stack gap="lg">
      <StudyForm party={party} state={state} />
      <SaveStudy state={state} />
    </Stack>
  );
}
