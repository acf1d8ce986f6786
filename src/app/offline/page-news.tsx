import { Button, Container, Stack, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { t } from '../../words/translate.ts';
import { Notice } from '../ui/notice.tsx';
import { useIsBusy } from '../ui/use-leave-warning.ts';
import { keptApp, takeNewBuild } from './kept-app.ts';

function watchNetwork(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** Above every page: that there is no network, and that a new build may be taken. Nothing of the sort interrupts a run. */
export function PageNews() {
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const { newBuild, othersOpen } = useSyncExternalStore(keptApp.subscribe, keptApp.getSnapshot);
  const busy = useIsBusy();
  const offered = newBuild && !busy;
  if (online && !offered) return null;
  return (
    <Container size="lg" pt="md" className="not-printed">
      <Stack gap="sm">
        {!online && (
          <Notice kind="info" title={t('This computer is offline')}>
            {t(
              'Your files, the workbench and the help work all the same. Two people’s run, the sample and a linking room need the network, for their pages to find each other.',
            )}
          </Notice>
        )}
        {offered && (
          <Notice kind="info" title={t('A new version of Blindjoin is ready')}>
            <Text>
              {t('You decide when to take it. This page then starts anew: a file that is open has to be chosen again.')}
            </Text>
            {othersOpen && <Text role="status">{t('First close the other tabs that show Blindjoin.')}</Text>}
            <Button mt="xs" size="xs" variant="default" onClick={() => void takeNewBuild()}>
              {t('Take the new version')}
            </Button>
          </Notice>
        )}
      </Stack>
    </Container>
  );
}
