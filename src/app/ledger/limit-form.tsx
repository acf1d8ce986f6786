import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type Limit, limitSchema } from '../../ledger/entry.ts';
import { checked } from '../../parsing/checked.ts';
import type { Party } from '../party/party.ts';
import { NumberField } from '../ui/number-field.tsx';

interface LimitFormProps {
  readonly party: Party;
  readonly limit: Limit | undefined;
}

/** Owner: how often this file may be asked. Counts from when it is set, and is itself kept in the ledger. */
export function LimitForm({ party, limit }: LimitFormProps) {
  const [runs, setRuns] = useState(limit?.runs ?? 5);
  const [days, setDays] = useState(limit?.days ?? 30);
  const [epsilon, setEpsilon] = useState((limit?.epsilonThousandths ?? Number.NaN) / 1000);
  const [problem, setProblem] = useState('');
  const set = () => {
    const budget = Number.isNaN(epsilon) ? {} : { epsilonThousandths: Math.round(epsilon * 1000) };
    const read = checked(limitSchema, { runs, days, ...budget });
    setProblem(
      'data' in read ? '' : 'Runs are 1 to 1,000, days 1 to 3,660, and a total epsilon 0.01 to 1,000 or left empty.',
    );
    if ('data' in read) void party.setLimit(read.data);
  };
  return (
    <Stack gap="xs">
      <Group align="start" gap="lg">
        <NumberField
          label="Runs allowed"
          description="With this file"
          value={runs}
          onChange={setRuns}
          min={1}
          max={1000}
        />
        <NumberField
          label="Days"
          description="In which they may be made"
          value={days}
          onChange={setDays}
          min={1}
          max={3660}
        />
        <NumberField
          label="Total epsilon"
          description="Of all runs with noise, for example 5. Empty: no limit"
          value={epsilon}
          onChange={setEpsilon}
          min={0.01}
          max={1000}
          step="any"
        />
      </Group>
      {problem !== '' && (
        <Text role="alert" fw={600}>
          {problem}
        </Text>
      )}
      <Group>
        <Button variant="default" onClick={set}>
          Set limit
        </Button>
        {limit !== undefined && (
          <Button variant="default" onClick={() => void party.setLimit(undefined)}>
            Remove limit
          </Button>
        )}
      </Group>
    </Stack>
  );
}
