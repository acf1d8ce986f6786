import { Badge, Group, Text } from '@mantine/core';
import { saidWords } from '../../linking/said.ts';
import type { RoomState } from '../../net/room-api.ts';
import { t } from '../../words/translate.ts';

interface RoomLineProps {
  readonly who: string;
  readonly room: RoomState;
  /** Said in place of the connection once that is over. */
  readonly ended?: string | undefined;
}

function words(room: RoomState): string {
  switch (room.kind) {
    case 'waiting':
      return t('Waiting for the link to be opened');
    case 'connecting':
      return t('Waiting for the other page');
    case 'reconnecting':
      return t('The connection was lost. Reconnecting…');
    case 'connected':
      return t('Connected');
    case 'ended':
      return saidWords(room.message);
  }
}

/** How the connection to one other stands, and the words by which both can check whom they talk to. */
export function RoomLine({ who, room, ended }: RoomLineProps) {
  const connected = room.kind === 'connected' && ended === undefined;
  return (
    <Group gap="sm">
      <Text fw={600}>{who}</Text>
      <Text role="status" {...(connected ? { c: 'var(--blindjoin-accent)' } : {})}>
        {ended === undefined ? words(room) : saidWords(ended)}
      </Text>
      {connected &&
        room.code.map((word, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: words may repeat and never move
          <Badge key={i} variant="default" tt="none">
            {word}
          </Badge>
        ))}
    </Group>
  );
}
