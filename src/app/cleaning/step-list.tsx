import { Button, Group, List, Text } from '@mantine/core';
import { addsColumn, changesRows } from '../../table/apply-cleaning.ts';
import { type CleaningStep, describeStep } from '../../table/cleaning.ts';
import { counted } from '../../table/problem-list.ts';
import type { CleaningProps } from './cleaning-props.ts';

function effectWords(step: CleaningStep, changed: number): string {
  if (addsColumn(step)) return counted(changed, 'value');
  return changesRows(step) ? `${counted(changed, 'row')} left out` : `${counted(changed, 'value')} changed`;
}

/** The steps in force, in their order, each with what it did and a button that undoes it. */
export function StepList({ party, state }: CleaningProps) {
  const { steps, effects, busy } = state.cleaning;
  if (steps.length === 0) return <Text>Nothing is changed so far.</Text>;
  return (
    <List
      type="ordered"
      spacing="xs"
      aria-label="Cleaning steps"
      className="figures"
      styles={{ itemWrapper: { display: 'inline' } }}
    >
      {steps.map((step, n) => (
        <List.Item key={JSON.stringify(step)}>
          <Group gap="sm" display="inline-flex" style={{ verticalAlign: 'middle' }}>
            <Text component="span" style={{ overflowWrap: 'anywhere' }}>
              {describeStep(step)} ({effectWords(step, effects[n]?.changed ?? 0)})
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              disabled={busy}
              aria-label={`Undo step ${n + 1}`}
              onClick={() => void party.setCleaning(steps.toSpliced(n, 1))}
            >
              Undo
            </Button>
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
