import { Button, Group, List, Text } from '@mantine/core';
import { addsColumn, changesRows } from '../../table/apply-cleaning.ts';
import { type CleaningStep, describeMissing, describeStep } from '../../table/cleaning.ts';
import { counted, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { columnsOf } from '../party/bindings.ts';
import type { CleaningProps } from './cleaning-props.ts';

function effectWords(step: CleaningStep, changed: number): string {
  if (addsColumn(step)) return counted(changed, 'value');
  return changesRows(step)
    ? tCounted('{{count}} row left out', '{{count}} rows left out', changed)
    : tCounted('{{count}} value changed', '{{count}} values changed', changed);
}

interface Line {
  readonly key: string;
  readonly words: string;
  undo(): void;
}

/** What was decided about values that stand for none comes before the steps, which see the others alone. */
function linesOf({ party, state }: CleaningProps): Line[] {
  const { steps, effects } = state.cleaning;
  const decided = columnsOf(state).flatMap(({ name, settings, missing }, column): Line[] => {
    if (settings.missing === undefined) return [];
    const rows = missing.reduce((sum, one) => sum + (one.taken ? one.rows : 0), 0);
    const words = `${describeMissing(name, settings.missing)} (${counted(rows, 'value')})`;
    return [{ key: `missing ${name}`, words, undo: () => void party.decideColumn(column, { missing: undefined }) }];
  });
  return [
    ...decided,
    ...steps.map((step, n) => ({
      key: JSON.stringify(step),
      words: `${describeStep(step)} (${effectWords(step, effects[n]?.changed ?? 0)})`,
      undo: () => void party.setCleaning(steps.toSpliced(n, 1)),
    })),
  ];
}

/** The steps in force, in their order, each with what it did and a button that undoes it. */
export function StepList({ party, state }: CleaningProps) {
  const lines = linesOf({ party, state });
  if (lines.length === 0) return <Text>{t('Nothing is changed so far.')}</Text>;
  return (
    <List
      type="ordered"
      spacing="xs"
      aria-label={t('Cleaning steps')}
      className="figures"
      styles={{ itemWrapper: { display: 'inline' } }}
    >
      {lines.map(({ key, words, undo }, n) => (
        <List.Item key={key}>
          <Group gap="sm" display="inline-flex" align="baseline">
            <Text component="span" style={{ overflowWrap: 'anywhere' }}>
              {words}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              disabled={state.cleaning.busy}
              aria-label={t('Undo step {{number}}', { number: n + 1 })}
              onClick={undo}
            >
              {t('Undo')}
            </Button>
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
