import { Anchor, Button, Container, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FinishedRun } from '../../storage/finished-run.ts';
import { deleteFinished, finishedRun } from '../../storage/finished-runs.ts';
import { t } from '../../words/translate.ts';
import { OwnerOutcomeView } from '../result/owner-outcome.tsx';
import { ResultView } from '../result/result-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Sentence } from '../ui/sentence.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { DELETE_QUESTION, runLine, runTitle } from './run-words.ts';

type Found = FinishedRun | 'reading' | 'missing';

/** A run that is over, as it was kept in this browser. */
export function RunPage({ id }: { readonly id: string | undefined }) {
  const [found, setFound] = useState<Found>(id === undefined ? 'missing' : 'reading');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (id === undefined) return;
    finishedRun(id).then(
      (run) => setFound(run ?? 'missing'),
      () => setFound('missing'),
    );
  }, [id]);
  const title = typeof found === 'string' ? t('A kept run') : runTitle(found);
  usePageTitle(title);
  useEffect(() => {
    if (found !== 'reading') heading.current?.focus();
  }, [found]);
  const remove = async () => {
    if (id === undefined || !confirm(t(DELETE_QUESTION))) return;
    await deleteFinished(id);
    location.hash = '#/';
  };
  return (
    <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="lg">
        <Title order={1} size="h3" ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {found === 'reading' && <Loader role="status" aria-label={t('Loading')} />}
        {found === 'missing' && <Missing />}
        {typeof found !== 'string' && (
          <>
            <Kept run={found} />
            <Group>
              <Button component="a" href="#/" variant="default">
                {t('Your runs')}
              </Button>
              <Button variant="default" onClick={() => void remove()}>
                {t('Delete this run')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Container>
  );
}

function Missing() {
  return (
    <Notice kind="error" title={t('This run is not kept here')}>
      <Sentence
        english="It was deleted, it belongs to another browser, or another version of this page kept it. <a>Back to the start</a>"
        elements={{ a: <Anchor href="#/" /> }}
      />
    </Notice>
  );
}

function Kept({ run }: { readonly run: FinishedRun }) {
  return (
    <>
      <Text c="dimmed">
        {t('{{line}}. Kept in this browser, encrypted, until you delete it.', { line: runLine(run) })}
      </Text>
      <div className="panel">
        <Title order={2} size="h4" mb="md">
          {run.kind === 'result' ? t('The result') : t('What was released')}
        </Title>
        {run.kind === 'result' ? <ResultView result={run.result} /> : <OwnerOutcomeView outcome={run.outcome} />}
      </div>
    </>
  );
}
