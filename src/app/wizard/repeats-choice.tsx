import { Button, Group, Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import { bindingsOf, columnsOf, NO_COLUMN } from '../party/bindings.ts';
import type { StepProps } from './step-props.ts';

/** People who stand in the file more than once: keep one row of each, or go on with all. */
export function RepeatsChoice({ party, state }: StepProps) {
  const kinds = new Set((state.matchProblems ?? []).map(({ kind }) => kind));
  const [exact, similar] = [kinds.has('duplicate-person'), kinds.has('similar-person')];
  if (!exact && !similar) return null;
  const columns = columnsOf(state);
  const fields = bindingsOf(state).flatMap(({ type, column }) => {
    const name = column === NO_COLUMN ? undefined : columns[column]?.name;
    return name === undefined ? [] : [{ column: name, type }];
  });
  const keepOne = (alike: boolean) =>
    void party.setCleaning([...state.cleaning.steps, { kind: 'repeats', fields, alike }]);
  const { busy } = state.cleaning;
  return (
    <Group gap="sm">
      <Text>{t('All rows are kept, unless you choose otherwise:')}</Text>
      {exact && (
        <Button variant="default" disabled={busy} onClick={() => keepOne(false)}>
          {t('Keep one row of equal ones')}
        </Button>
      )}
      {similar && (
        <Button variant="default" disabled={busy} onClick={() => keepOne(true)}>
          {t('Keep one row of those alike too')}
        </Button>
      )}
    </Group>
  );
}
