import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { CleaningStep } from '../../table/cleaning.ts';
import { t } from '../../words/translate.ts';
import { columnsOf } from '../party/bindings.ts';
import { Notice } from '../ui/notice.tsx';
import type { CleaningProps } from './cleaning-props.ts';
import { JoinDateForm, YearForm } from './date-columns.tsx';
import { LabelMerging, MergeForm } from './label-merging.tsx';
import { RowFilter } from './row-filter.tsx';
import { StepList } from './step-list.tsx';
import { ValueCleaning } from './value-cleaning.tsx';

/** What is done to values and rows before they are used: the steps so far, and the forms that add one. */
export function CleaningSection({ party, state }: CleaningProps) {
  const [chosen, setChosen] = useState('');
  const columns = columnsOf(state);
  const { cleaning } = state;
  const column = columns.findIndex(({ name }) => name === chosen);
  const hasNumbers = columns[column]?.range !== undefined;
  const add = (step: CleaningStep) => void party.setCleaning([...cleaning.steps, step]);
  if (columns.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={t('Cleaning')}>
      <Title order={3} size="h4">
        {t('Cleaning')}
      </Title>
      <Text c="dimmed">
        {t(
          'Set right here what would distort a figure or hide a match. The file on your computer stays as it is, and each step can be undone.',
        )}
      </Text>
      <StepList party={party} state={state} />
      {cleaning.busy && <Text role="status">{t('Cleaning')}</Text>}
      {cleaning.error !== undefined && <Notice kind="error">{cleaning.error}</Notice>}
      <JoinDateForm columns={columns} busy={cleaning.busy} add={add} />
      <NativeSelect
        label={t('Column to clean')}
        value={column < 0 ? '' : chosen}
        onChange={({ currentTarget: { value } }) => setChosen(value)}
        data={[
          { value: '', label: t('Choose a column') },
          ...columns.map(({ name }) => ({ value: name, label: name })),
        ]}
        maw={420}
      />
      {column >= 0 && (
        // A column's forms begin empty, also after the next file has one of the same name.
        <Stack gap="md" key={chosen} className="indented">
          <ValueCleaning name={chosen} busy={cleaning.busy} hasNumbers={hasNumbers} add={add} />
          {!hasNumbers || state.uses[column] === 'group' ? (
            <LabelMerging name={chosen} column={column} party={party} state={state} add={add} />
          ) : (
            <MergeForm name={chosen} busy={cleaning.busy} add={add} key={cleaning.steps.length} />
          )}
          {columns[column]?.dates && <YearForm name={chosen} columns={columns} busy={cleaning.busy} add={add} />}
          <RowFilter name={chosen} busy={cleaning.busy} add={add} />
        </Stack>
      )}
    </Stack>
  );
}
