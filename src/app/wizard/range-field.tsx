import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { memo, useState } from 'react';
import { t } from '../../words/translate.ts';
import { readEdges } from '../party/group-ranges.ts';
import type { StepProps } from './step-props.ts';

interface RangeFieldProps extends Pick<StepProps, 'party'> {
  readonly name: string;
  readonly column: number;
  /** As typed. */
  readonly text: string;
  /** What the column is when nothing is written. */
  readonly otherwise: string;
}

/** The edges of the ranges that a column is grouped by: typed, or parts of equal size by rank. */
export const RangeField = memo(function RangeField({ name, column, text, otherwise, party }: RangeFieldProps) {
  const [failure, setFailure] = useState<string>();
  const read = readEdges(text);
  const problem = read !== undefined && 'problem' in read ? read.problem : undefined;
  return (
    <Stack gap={4}>
      <Group align="end">
        <TextInput
          label={t('Ranges of {{name}}', { name })}
          description={`${t('Edges such as 0, 18, 65, or dates as 1950-01-01.')} ${otherwise}`}
          value={text}
          error={problem}
          onChange={({ currentTarget: { value } }) => {
            setFailure(undefined);
            party.setRanges(column, value);
          }}
          flex={1}
          miw={220}
          maw={420}
        />
        <Button
          variant="default"
          aria-label={t('Ten equal parts of {{name}} by rank', { name })}
          onClick={() => void party.proposeRanges(column).then(setFailure)}
        >
          {t('Ten equal parts by rank')}
        </Button>
      </Group>
      {failure !== undefined && (
        <Text role="alert" c="red">
          {failure}
        </Text>
      )}
      {read !== undefined && problem === undefined && (
        <Text c="dimmed" size="sm">
          {t('The edges are in the agreement. A value on an edge belongs to the range above it.')}
        </Text>
      )}
    </Stack>
  );
});
