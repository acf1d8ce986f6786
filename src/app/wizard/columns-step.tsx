import { NativeSelect, Stack, Table, Text } from '@mantine/core';
import { COLUMN_USES } from '../../table/table.ts';
import { columnsOf, columnsWithUse } from '../party/bindings.ts';
import { USE_LABELS, usesFor } from '../party/uses.ts';
import { ColumnReadings } from './column-reading.tsx';
import { FieldColumns } from './field-columns.tsx';
import { GroupLabels } from './group-labels.tsx';
import { PayloadRange } from './payload-range.tsx';
import { ProblemList } from './problem-list.tsx';
import type { StepProps } from './step-props.ts';

const PURPOSE = {
  researcher:
    'Say which columns describe who a person is. Only these are used to match, and none of them leaves this computer readable.',
  owner:
    'Say which columns describe who a person is, which one the table is grouped by, and which ones are averaged. Everything else is ignored.',
} as const;

/** Step 2: what each column is for, and what follows from that. */
export function ColumnsStep({ party, state }: StepProps) {
  return (
    <Stack gap="lg">
      <Text c="dimmed">{PURPOSE[state.role]}</Text>
      <FieldColumns party={party} state={state} />
      <UseTable party={party} state={state} />
      <ColumnReadings party={party} state={state} />
      {columnsWithUse(state, 'average').map(({ name, column }) => (
        <PayloadRange key={name} name={name} column={column} party={party} state={state} />
      ))}
      {columnsWithUse(state, 'group').map(({ name, column }) => (
        <GroupLabels key={name} name={name} group={state.groups[column]} minimum={state.rules.minimumGroupSize} />
      ))}
      <ProblemList problems={state.matchProblems ?? []} checking={state.matchProblems === undefined} />
    </Stack>
  );
}

function UseTable({ party, state }: StepProps) {
  const options = usesFor(state.role).map((value) => ({ value, label: USE_LABELS[value] }));
  const rows = state.file.kind === 'ready' ? state.file.summary.preview : [];
  return (
    <Table verticalSpacing="xs" horizontalSpacing={6} aria-label="Columns of the file">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Column</Table.Th>
          <Table.Th scope="col">Use</Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            For example
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {columnsOf(state).map(({ name, empty }, column) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={600} style={{ overflowWrap: 'break-word', hyphens: 'manual' }}>
              {name}
              {empty > 0 && (
                <Text size="xs" c="dimmed" className="figures">
                  {empty.toLocaleString('en')} empty
                </Text>
              )}
            </Table.Th>
            <Table.Td>
              <NativeSelect
                aria-label={`Use of ${name}`}
                data={options}
                value={state.uses[column] ?? 'ignore'}
                onChange={({ currentTarget: { value } }) => {
                  const use = COLUMN_USES.find((u) => u === value);
                  if (use) party.setUse(column, use);
                }}
              />
            </Table.Td>
            <Table.Td visibleFrom="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {examples(rows, column)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** The first few different values of a column. */
function examples(rows: readonly (readonly string[])[], column: number): string {
  const values = rows.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '');
  return [...new Set(values)].slice(0, 3).join(', ');
}
