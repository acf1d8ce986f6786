import { Button, Group, Text } from '@mantine/core';
import type { RoomState } from '../../net/room-api.ts';
import { timeWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { Party } from '../party/party.ts';
import { Notice } from '../ui/notice.tsx';

interface LostConnectionProps {
  readonly party: Party;
  readonly state: Extract<RoomState, { kind: 'reconnecting' }>;
}

/** A connection that is lost: at first it is only said; when it stays away, the person is asked. */
export function LostConnection({ party, state }: LostConnectionProps) {
  if (!state.overdue) {
    return (
      <Notice kind="warning" title={t('The connection was lost')}>
        <Text role="status">{t('Reconnecting… It goes on by itself where it stopped, and nothing is lost.')}</Text>
      </Notice>
    );
  }
  const away = timeWords(state.since);
  return (
    <Notice kind="error" title={t('The connection has not come back')}>
      <Text>
        {t(
          'It was lost at {{time}}. Check that this computer is online, and ask the other person whether their page is still open. If you keep trying, it goes on where it stopped as soon as both pages reach each other.',
          { time: away },
        )}
      </Text>
      <Group mt="sm">
        <Button onClick={() => party.keepTrying()}>{t('Keep trying')}</Button>
        <Button variant="default" onClick={() => party.giveUp()}>
          {t('End the run')}
        </Button>
      </Group>
    </Notice>
  );
}
