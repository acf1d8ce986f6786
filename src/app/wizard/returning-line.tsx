import { Button, Group, Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import type { Party } from '../party/party.ts';

/** While what was kept before a reload is brought back; mostly that is done before anybody could read it. */
export function ReturningLine({ party }: { readonly party: Party }) {
  return (
    <Group gap="md" className="after-a-moment">
      <Text role="status">{t('Your file and choices from before this page was reloaded are being looked for.')}</Text>
      <Button size="xs" variant="default" onClick={() => party.returnWithout()}>
        {t('Go on without them')}
      </Button>
    </Group>
  );
}
