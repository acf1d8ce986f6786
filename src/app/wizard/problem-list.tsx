import { List, Text } from '@mantine/core';
import type { Problem } from '../../table/table.ts';
import { Notice } from '../ui/notice.tsx';
import { RowPairs } from './row-pairs.tsx';

interface ProblemListProps {
  readonly problems: readonly Problem[];
  readonly checking?: boolean;
  /** Said where there are none; left out, nothing is said. */
  readonly none?: string;
}

function rowNumbers({ rows, count }: Problem): string {
  if (rows.length === 0) return '';
  const more = count > rows.length ? ` and ${(count - rows.length).toLocaleString('en')} more` : '';
  return ` ${rows.length === 1 && more === '' ? 'Row' : 'Rows'} ${rows.map((r) => r.toLocaleString('en')).join(', ')}${more}.`;
}

/** Everything odd about the file, counted, with row numbers and what happens to those rows. */
export function ProblemList({ problems, checking, none }: ProblemListProps) {
  if (checking) return <Text role="status">Looking for problems</Text>;
  if (problems.length === 0) return none === undefined ? null : <Text c="dimmed">{none}</Text>;
  return (
    <Notice kind="warning" title={problems.length === 1 ? 'One thing to know' : `${problems.length} things to know`}>
      <List spacing="xs" className="figures">
        {problems.map((problem) => (
          <List.Item key={`${problem.kind}-${problem.column ?? ''}-${problem.message}`}>
            {problem.message}
            {rowNumbers(problem)}
            {problem.examples !== undefined && <RowPairs pairs={problem.examples} />}
          </List.Item>
        ))}
      </List>
    </Notice>
  );
}
