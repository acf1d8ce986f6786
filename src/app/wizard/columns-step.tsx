import { Checkbox, Stack, Text } from '@mantine/core';
import { message, t } from '../../words/translate.ts';
import { CleaningSection } from '../cleaning/cleaning-section.tsx';
import { averagedColumns, columnsOf } from '../party/bindings.ts';
import { groupedColumns } from '../party/group-ranges.ts';
import type { PartyState } from '../party/state.ts';
import { strataMinimum } from '../party/strata.ts';
import { Afterwards } from '../ui/afterwards.tsx';
import { ColumnReadings } from './column-reading.tsx';
import { DatePartsChoice } from './date-parts.tsx';
import { FieldColumns } from './field-columns.tsx';
import { GroupLabels } from './group-labels.tsx';
import { PayloadRange } from './payload-range.tsx';
import { ProblemList } from './problem-list.tsx';
import { RangeField } from './range-field.tsx';
import { RepeatsChoice } from './repeats-choice.tsx';
import type { StepProps } from './step-props.ts';
import { TablesForm } from './tables-form.tsx';
import { UseTable } from './use-table.tsx';

const PURPOSE = {
  researcher: message(
    'Say which columns describe who a person is. Only these are used to match, and none of them leaves this computer readable. A column to group by divides the table by your own groups.',
  ),
  owner: message(
    'Say which columns describe who a person is, which one the table is grouped by, and which ones are averaged. Everything else is ignored.',
  ),
} as const;

/** Step 2: what each column is for, and what follows from that. */
export function ColumnsStep({ party, state }: StepProps) {
  const grouped = groupedColumns(state);
  const ranged = columnsInRanges(state);
  return (
    <Stack gap="lg">
      <Text c="dimmed">{t(PURPOSE[state.role])}</Text>
      <FieldColumns party={party} state={state} />
      <DatePartsChoice party={party} state={state} />
      <UseTable party={party} state={state} />
      <Afterwards>
        <ColumnReadings party={party} state={state} />
        {averagedColumns(state).map(({ name, column }) => (
          <AverageRange key={name} name={name} column={column} party={party} state={state} />
        ))}
        {ranged.map((one) => (
          <RangeField key={one.name} {...one} text={state.ranges[one.column] ?? ''} party={party} />
        ))}
        {grouped.map(({ name, column }) => (
          <GroupLabels key={name} name={name} column={column} state={state} minimum={strataMinimum(state)} />
        ))}
        {state.role === 'owner' && <TablesForm party={party} state={state} />}
        {state.role === 'researcher' && grouped.length > 0 && (
          <Checkbox
            label={t('Hide the names of my groups')}
            description={t('The data owner then reads “group 1”, “group 2” and so on; your page keeps the names.')}
            checked={state.hideGroups}
            onChange={({ currentTarget: { checked } }) => party.setHideGroups(checked)}
          />
        )}
        <ProblemList problems={state.matchProblems ?? []} checking={state.matchProblems === undefined} />
        <RepeatsChoice party={party} state={state} />
        <CleaningSection party={party} state={state} />
      </Afterwards>
    </Stack>
  );
}

function AverageRange({ name, column, party, state }: StepProps & { readonly name: string; readonly column: number }) {
  const payload = state.payloads[column];
  const rule = state.rules.missingValues;
  return payload && <PayloadRange name={name} column={column} party={party} payload={payload} rule={rule} />;
}

/** Columns that can be put into ranges: those to group by that have numbers or dates, and those of numbers or dates with another use. */
function columnsInRanges(state: PartyState) {
  return columnsOf(state).flatMap(({ name, range, dates }, column) => {
    const use = state.uses[column] ?? 'ignore';
    if (use === 'group' && (range !== undefined || dates)) {
      return [{ name, column, otherwise: t('Empty: each value is a group.') }];
    }
    return use === 'average' || use === 'date' ? [{ name, column, otherwise: t('Empty: it is not grouped by.') }] : [];
  });
}
