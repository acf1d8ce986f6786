import { Anchor, List } from '@mantine/core';
import type { SchemaProblem } from '../../clk/schema-rules.ts';
import { counted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { lineOf } from './json-place.ts';
import { Notice } from './notice.tsx';

interface SchemaProblemsProps {
  readonly problems: readonly SchemaProblem[];
  /** The text they are about, and how to go to a line of it. */
  readonly text?: string;
  onLine?(line: number): void;
}

/** All that is wrong with a schema, errors first, each with its place and what to do. */
export function SchemaProblems({ problems, text, onLine }: SchemaProblemsProps) {
  return (['error', 'warning'] as const).map((severity) => {
    const found = problems.filter((problem) => problem.severity === severity);
    if (found.length === 0) return null;
    const title = severity === 'error' ? counted(found.length, 'error') : counted(found.length, 'warning');
    return (
      <Notice key={severity} kind={severity} title={title}>
        <List spacing="xs">
          {found.map((problem) => (
            <List.Item key={`${problem.path} ${problem.message}`} style={{ overflowWrap: 'anywhere' }}>
              {text !== undefined && onLine !== undefined && (
                <>
                  <LineLink line={lineOf(text, problem.path)} onLine={onLine} />{' '}
                </>
              )}
              {problem.message}
            </List.Item>
          ))}
        </List>
      </Notice>
    );
  });
}

function LineLink({ line, onLine }: { readonly line: number; onLine(line: number): void }) {
  return (
    <Anchor component="button" type="button" size="sm" underline="always" onClick={() => onLine(line)}>
      {t('Line {{line}}:', { line })}
    </Anchor>
  );
}
