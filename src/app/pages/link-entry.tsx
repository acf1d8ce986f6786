import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { t } from '../../words/translate.ts';
import { readSentLink } from './sent-link.ts';

/** For who was sent a link and has this page open already. */
export function LinkEntry() {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const open = (event: FormEvent) => {
    event.preventDefault();
    const read = readSentLink(text, location.href.split('#', 1)[0] ?? '');
    if ('problem' in read) setProblem(read.problem);
    else location.hash = read.fragment;
  };
  return (
    <form onSubmit={open} noValidate>
      <Group align="end" gap="sm" maw={640}>
        <TextInput
          label={t('Link that you were sent')}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setProblem(undefined);
          }}
          error={problem}
          errorProps={{ role: 'alert' }}
          inputWrapperOrder={['label', 'input', 'error']}
          flex="1 1 16rem"
        />
        <Button type="submit" variant="default">
          {t('Open link')}
        </Button>
      </Group>
    </form>
  );
}
