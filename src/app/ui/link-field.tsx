import { Button, Group, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { t } from '../../words/translate.ts';

interface LinkFieldProps {
  readonly label: string;
  readonly link: string;
}

/** A link to send to somebody: as text that selects itself, and a button that copies it. */
export function LinkField({ label, link }: LinkFieldProps) {
  const clipboard = useClipboard({ timeout: 4000 });
  return (
    <div>
      <Group align="end" wrap="nowrap">
        <TextInput
          label={label}
          value={link}
          readOnly
          flex={1}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Button variant="default" onClick={() => clipboard.copy(link)}>
          {t('Copy link')}
        </Button>
      </Group>
      <Text role="status" size="sm" c="dimmed">
        {clipboard.copied
          ? t('The link is copied.')
          : clipboard.error
            ? t('The browser did not allow copying: select the link and copy it.')
            : ''}
      </Text>
    </div>
  );
}
