import { Group, Loader, Stack, Text } from '@mantine/core';
import type { RoomState } from '../../net/room-api.ts';
import { t, tKnown } from '../../words/translate.ts';
import type { Party } from '../party/party.ts';
import { Notice } from '../ui/notice.tsx';
import { LostConnection } from './lost-connection.tsx';

interface RoomStatusProps {
  readonly party: Party;
  readonly state: RoomState;
  readonly other: string;
}

/** Where the connection stands; once it stands, the words by which both check whom they talk to. */
export function RoomStatus({ party, state, other }: RoomStatusProps) {
  switch (state.kind) {
    case 'waiting':
      return <Busy text={t('Waiting for the {{other}} to open the link', { other })} />;
    case 'connecting':
      return <Busy text={t('Linking up with the {{other}}', { other })} />;
    case 'reconnecting':
      return <LostConnection party={party} state={state} />;
    case 'ended':
      return <Notice kind="error">{tKnown(state.message)}</Notice>;
    case 'connected':
      return (
        <Stack gap="xs">
          <Text role="status" fw={600} c="var(--blindjoin-accent)">
            {t('Connected')}
          </Text>
          <Text>
            {t(
              'Read these words to each other over the phone. If they differ, somebody is intercepting the connection: decline.',
            )}
          </Text>
          <div className="code-words">
            {state.code.map((word, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: words may repeat and never move
              <span key={i}>{word}</span>
            ))}
          </div>
        </Stack>
      );
  }
}

function Busy({ text }: { readonly text: string }) {
  return (
    <Group gap="sm">
      <Loader size="sm" aria-hidden="true" />
      <Text role="status">{text}</Text>
    </Group>
  );
}
