import { Button, Checkbox, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { MAX_GROUP_COLUMNS, MAX_TABLES } from '../../agreement/tables.ts';
import { t } from '../../words/translate.ts';
import { averagedColumns } from '../party/bindings.ts';
import { groupedColumns } from '../party/group-ranges.ts';
import type { JointGroups } from '../party/joint-groups.ts';
import { listWords } from '../party/plain-words.ts';
import type { TableChoice } from '../party/state.ts';
import { chosenTables, oneWayTables } from '../party/tables.ts';
import { Notice } from '../ui/notice.tsx';
import type { StepProps } from './step-props.ts';

/** Owner: one table of all columns, or several over one linkage. */
export function TablesForm({ party, state }: StepProps) {
  const grouped = groupedColumns(state);
  const tables = chosenTables(state);
  if (tables.length === 0 && grouped.length < 2) return null;
  if (tables.length === 0) return <OneTable party={party} state={state} />;
  const change = (at: number, table: TableChoice) => party.setTables(tables.map((one, i) => (i === at ? table : one)));
  return (
    <Stack gap="md" component="section" aria-label={t('Tables')}>
      <Title order={3} size="h4">
        {t('Tables')}
      </Title>
      <Text c="dimmed">
        {t(
          'Tables over the same people have the same totals. So each opens whole or stays sealed: if in any of its groups is somebody, but fewer than the minimum, all of it does; within each of the researcher’s groups, where there are some.',
        )}
      </Text>
      {tables.map((table, i) => (
        <TableFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a table has no name but its number
          key={i}
          number={i + 1}
          table={table}
          party={party}
          state={state}
          onChange={(changed) => change(i, changed)}
        />
      ))}
      <JointWarning party={party} state={state} />
      <Group>
        <Button
          variant="default"
          disabled={tables.length >= MAX_TABLES}
          onClick={() => party.setTables([...tables, { groups: [], payloads: columnsOf(averagedColumns(state)) }])}
        >
          {t('Add a table')}
        </Button>
        <Button variant="default" onClick={() => party.setTables([])}>
          {t('One table of all columns')}
        </Button>
      </Group>
    </Stack>
  );
}

function OneTable({ party, state }: StepProps) {
  return (
    <Stack gap="xs" align="start">
      <Title order={3} size="h4">
        {t('Tables')}
      </Title>
      <Text c="dimmed">
        {t(
          'One table of all columns. Several tables over one linkage, such as one for each column to group by, are one run, and one entry of your ledger.',
        )}
      </Text>
      <Button variant="default" onClick={() => party.setTables(oneWayTables(state))}>
        {t('Make several tables')}
      </Button>
    </Stack>
  );
}

/** Which columns nearly follow from each other, as far as the owner's file tells. */
function JointWarning({ party, state }: StepProps) {
  const [pairs, setPairs] = useState<readonly JointGroups[]>([]);
  const { groups, tables, rules, ranges } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the pairs are counted from, though the party reads it itself
  useEffect(() => {
    let current = true;
    party.smallJointGroups().then(
      (found) => current && setPairs(found),
      () => current && setPairs([]),
    );
    return () => {
      current = false;
    };
  }, [party, groups, tables, ranges, rules.minimumGroupSize]);
  if (pairs.length === 0) return null;
  const words = pairs.map(({ names: [a, b], small }) => t('{{a}} and {{b}} ({{rows}})', { a, b, rows: small }));
  return (
    <Notice kind="warning" title={t('Tables that can differ by few people')}>
      <Text>
        {t(
          'Combinations of these columns are those of fewer than {{minimum}} rows of your file: {{pairs}}. Where one column nearly follows from another, subtracting a group of one table from a group of the other can tell of them. Wider groups, or noise, protect.',
          { minimum: rules.minimumGroupSize, pairs: listWords(words) },
        )}
      </Text>
    </Notice>
  );
}

const columnsOf = (columns: readonly { readonly column: number }[]) => columns.map(({ column }) => column);

interface TableFieldsProps extends StepProps {
  readonly number: number;
  readonly table: TableChoice;
  onChange(table: TableChoice): void;
}

function TableFields({ number, table, party, state, onChange }: TableFieldsProps) {
  const { groups, payloads } = table;
  const grouped = groupedColumns(state);
  const averaged = averagedColumns(state);
  const setGroup = (place: number, column: number) => {
    const chosen = Array.from({ length: MAX_GROUP_COLUMNS }, (_, i) => (i === place ? column : (groups[i] ?? -1)));
    onChange({ groups: [...new Set(chosen.filter((one) => one >= 0))], payloads });
  };
  return (
    <Stack gap="xs" className="indented">
      <Group align="end">
        {Array.from({ length: Math.min(MAX_GROUP_COLUMNS, groups.length + 1) }, (_, place) => (
          <NativeSelect
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what it is
            key={place}
            label={place === 0 ? t('Groups of table {{number}}', { number }) : t('By, in table {{number}}', { number })}
            value={String(groups[place] ?? -1)}
            data={[
              { value: '-1', label: place === 0 ? t('Everybody together') : t('Nothing more') },
              ...grouped.map(({ name, column }) => ({ value: String(column), label: name })),
            ]}
            onChange={({ currentTarget: { value } }) => setGroup(place, Number(value))}
          />
        ))}
        <Button
          variant="default"
          aria-label={t('Remove table {{number}}', { number })}
          onClick={() => party.setTables(chosenTables(state).toSpliced(number - 1, 1))}
        >
          {t('Remove')}
        </Button>
      </Group>
      {averaged.length > 0 && (
        <Checkbox.Group
          label={t('Averages of table {{number}}', { number })}
          value={payloads.map(String)}
          onChange={(values) => onChange({ groups, payloads: values.map(Number) })}
        >
          <Group mt="xs" gap="lg">
            {averaged.map(({ name, column }) => (
              <Checkbox key={name} value={String(column)} label={name} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
    </Stack>
  );
}
