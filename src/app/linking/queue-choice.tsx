import { Button, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { QueueState } from '../../linking/queue-engine.ts';
import { saidWords } from '../../linking/said.ts';
import { numberWords, tCounted } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { Fold } from '../ui/fold.tsx';
import { Notice } from '../ui/notice.tsx';
import { SecretInput } from '../ui/secret-input.tsx';

interface QueueChoiceProps {
  readonly queue: QueueState;
  onUse(token: string): void;
  onStop(): void;
}

function workersWords({ workers, rate }: QueueState): string {
  if (workers === 0) return t('No worker waits on the queue. Start one: blindjoin worker --queue …');
  const waiting = tCounted('{{count}} worker on the queue.', '{{count}} workers on the queue.', workers);
  if (rate === undefined) return waiting;
  return `${waiting} ${t('{{rate}} comparisons a second.', { rate: numberWords(Math.round(rate)) })}`;
}

/** Whether runs are compared on the page, or by the workers of a queue that belongs to the linkage unit. */
export function QueueChoice({ queue, onUse, onStop }: QueueChoiceProps) {
  return (
    <Fold title={t('Compare on a queue of your own')} order={3}>
      <Stack gap="sm">
        <Text c="dimmed" maw={760}>
          {t(
            'For data sets that this page is too slow for. You need this page from a server of your own, started with “blindjoin serve --queue”. The CLKs of all providers then go to that server, its queue and its workers. Before the server has proved that it printed the token, nothing goes to it.',
          )}
        </Text>
        {queue.use === 'on' ? (
          <Stack gap="xs">
            <Text role="status">
              {t('Runs are compared on the queue.')} {workersWords(queue)}
            </Text>
            <Group>
              <Button variant="default" onClick={onStop}>
                {t('Compare on this page')}
              </Button>
            </Group>
          </Stack>
        ) : (
          <TokenForm asking={queue.use === 'asking'} onUse={onUse} />
        )}
        {queue.words !== undefined && (
          <Notice
            kind={queue.use === 'on' ? 'warning' : 'error'}
            title={queue.use === 'on' ? t('From the queue’s server') : t('The queue is not used')}
          >
            {saidWords(queue.words)}
          </Notice>
        )}
      </Stack>
    </Fold>
  );
}

function TokenForm({ asking, onUse }: { readonly asking: boolean; onUse(token: string): void }) {
  const [token, setToken] = useState('');
  const use = (event: FormEvent) => {
    event.preventDefault();
    onUse(token);
  };
  return (
    <form onSubmit={use} noValidate>
      <Stack gap="sm">
        <SecretInput
          label={t('Queue token')}
          description={t('As your server printed it when it started')}
          maw="30rem"
          value={token}
          onChange={setToken}
        />
        <Group>
          <Button type="submit" variant="default" loading={asking} disabled={token.trim() === ''}>
            {t('Use the queue')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
