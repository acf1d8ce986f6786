import { Button, Stack, Text } from '@mantine/core';
import { t } from '../../words/translate.ts';
import type { Ending } from '../party/state.ts';
import { Notice } from '../ui/notice.tsx';

interface EndingNoticeProps {
  readonly ending: Ending;
  onStartAgain(): void;
}

/** What ended the meeting or the run, and the way on. */
export function EndingNotice({ ending, onStartAgain }: EndingNoticeProps) {
  return (
    <Stack align="start">
      <Notice kind="error" title={ending.title}>
        <Text>{ending.message}</Text>
      </Notice>
      <Button onClick={onStartAgain}>{t('Start again')}</Button>
    </Stack>
  );
}
