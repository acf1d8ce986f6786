import { List, Text } from '@mantine/core';
import type { Problem } from '../../table/table.ts';
import { counted, inQuotes, numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { listWords } from '../party/plain-words.ts';
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
  const numbers = rows.map((r) => numberWords(r)).join(', ');
  const more = count - rows.length;
  if (more > 0) return ` ${t('Rows {{rows}} and {{more}} more.', { rows: numbers, more: numberWords(more) })}`;
  return ` ${rows.length === 1 ? t('Row {{row}}.', { row: numbers }) : t('Rows {{rows}}.', { rows: numbers })}`;
}

/** Items as wide as the notice, so that a table within one scrolls on its own. */
const BLOCKS = { itemWrapper: { display: 'block' }, itemLabel: { display: 'block', minWidth: 0 } } as const;

/** Columns that are empty here and there, said in one sentence where there are several. */
function withEmptyJoined(problems: readonly Problem[]): readonly Problem[] {
  const empty = problems.filter(({ kind }) => kind === 'empty-match-field');
  const [first] = empty;
  if (first === undefined || empty.length === 1) return problems;
  const columns = empty.map(({ column, count }) => `${inQuotes(column ?? '')} (${counted(count, 'row')})`);
  const message = t('Some rows are empty in {{columns}}; they are matched by the other columns.', {
    columns: listWords(columns),
  });
  return problems.flatMap((problem) =>
    problem === first ? [{ ...first, message, rows: [] }] : problem.kind === 'empty-match-field' ? [] : [problem],
  );
}

function thingsWords(things: number): string {
  return things === 1 ? t('One thing to know') : t('{{things}} things to know', { things });
}

/** Everything odd about the file, counted, with row numbers and what happens to those rows. */
export function ProblemList({ problems: found, checking, none }: ProblemListProps) {
  const problems = withEmptyJoined(found);
  if (checking) return <Text role="status">{t('Looking for problems')}</Text>;
  if (problems.length === 0) return none === undefined ? null : <Text c="dimmed">{none}</Text>;
  return (
    <Notice kind="warning" title={thingsWords(problems.length)}>
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
