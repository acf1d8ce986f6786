import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type Limit, limitSchema } from '../../ledger/entry.ts';
import { checked } from '../../parsing/checked.ts';
import { message, t } from '../../words/translate.ts';
import type { Party } from '../party/party.ts';
import { NumberField } from '../ui/number-field.tsx';

interface LimitFormProps {
  readonly party: Party;
  readonly limit: Limit | undefined;
}

interface Draft {
  readonly runs: number;
  readonly days: number;
  /** NaN: no limit. */
  readonly epsilon: number;
}

const PROBLEM = message('Runs are 1 to 1,000, days 1 to 3,660, and a total epsilon 0.01 to 1,000 or left empty.');

function draftOf(limit: Limit | undefined): Draft {
  const { runs = 5, days = 30, epsilonThousandths = Number.NaN } = limit ?? {};
  return { runs, days, epsilon: epsilonThousandths / 1000 };
}

function readDraft({ runs, days, epsilon }: Draft) {
  const budget = Number.isNaN(epsilon) ? {} : { epsilonThousandths: Math.round(epsilon * 1000) };
  return checked(limitSchema, { runs, days, ...budget });
}

/** Owner: how often this file may be asked. Counts from when it is set, and is itself kept in the ledger. */
export function LimitForm({ party, limit }: LimitFormProps) {
  const [{ runs, days, epsilon }, setDraft] = useState(draftOf(limit));
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const [problem, setProblem] = useState('');
  const set = () => {
    const read = readDraft({ runs, days, epsilon });
    setProblem('data' in read ? '' : t(PROBLEM));
    if ('data' in read) void party.setLimit(read.data);
  };
  return (
    <Stack gap="xs">
      <Group align="start" gap="lg">
        <NumberField
          label={t('Runs allowed')}
          description={t('With this file')}
          value={runs}
          onChange={(changed) => change({ runs: changed })}
          min={1}
          max={1000}
        />
        <NumberField
          label={t('Days')}
          description={t('In which they may be made')}
          value={days}
          onChange={(changed) => change({ days: changed })}
          min={1}
          max={3660}
        />
        <NumberField
          label={t('Total epsilon')}
          description={t('Of all runs with noise, for example 5. Empty: no limit')}
          value={epsilon}
          onChange={(changed) => change({ epsilon: changed })}
          min={0.01}
          max={1000}
          step="any"
        />
      </Group>
      {problem !== '' && <Problem text={problem} />}
      <Group>
        <Button variant="default" onClick={set}>
          {t('Set limit')}
        </Button>
        {limit !== undefined && <RemoveLimit party={party} />}
      </Group>
    </Stack>
  );
}

function Problem({ text }: { readonly text: string }) {
  return (
    <Text role="alert" fw={600}>
      {text}
    </Text>
  );
}

function RemoveLimit({ party }: Pick<LimitFormProps, 'party'>) {
  return (
    <Button variant="default" onClick={() => void party.setLimit(undefined)}>
      {t('Remove limit')}
    </Button>
  );
}
