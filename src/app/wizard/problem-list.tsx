import { List, Text } from '@mantine/core';
import type { Problem } from '../../table/table.ts';
import { counted, numberWords } from '../../words/format.ts';
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
  const more = count > rows.length ? ` and ${numberWords(count - rows.length)} more` : '';
  return ` ${rows.length === 1 && more === '' ? 'Row' : 'Rows'} ${rows.map((r) => numberWords(r)).join(', ')}${more}.`;
}

/** Items as wide as the notice, so that a table within one scrolls on its own. */
const BLOCKS = { itemWrapper: { display: 'block' }, itemLabel: { display: 'block', minWidth: 0 } } as const;

/** Columns that are empty here and there, said in one sentence where there are several. */
function withEmptyJoined(problems: readonly Problem[]): readonly Problem[] {
  const empty = problems.filter(({ kind }) => kind === 'empty-match-field');
  const [first] = empty;
  if (first === undefined || empty.length === 1) return problems;
  const columns = empty.map(({ column, count }) => `“${column}” (${counted(count, 'row')})`);
  const message = `Some rows are empty in ${columns.slice(0, -1).join(', ')} and ${columns.at(-1)}; they are matched by the other columns.`;
  return problems.flatMap((problem) =>
    problem === first ? [{ ...first, message, rows: [] }] : problem.kind === 'empty-match-field' ? [] : [problem],
  );
}

/** Everything odd about the file, counted, with row numbers and what happens to those rows. */
export function ProblemList({ problems: found, checking, none }: ProblemListProps) {
  const problems = withEmptyJoined(found);
  if (checking) return <Text role="status">Looking for problems</Text>;
  if (problems.length === 0) return none === undefined ? null : <Text c="dimmed">{none}</Text>;
  return (
    <Notice kind="warning" title={problems.length === 1 ? 'One thing to know' : `${problems.length} things to know`}>
      <List spacing="xs" className="figures" styles={BLOCKS}>
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
