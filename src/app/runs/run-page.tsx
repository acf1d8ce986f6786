import { Anchor, Button, Container, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FinishedRun } from '../../storage/finished-run.ts';
import { deleteFinished, finishedRun } from '../../storage/finished-runs.ts';
import { OwnerOutcomeView } from '../result/owner-outcome.tsx';
import { ResultView } from '../result/result-view.tsx';
import { Notice } from '../ui/notice.tsx';
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
  const title = typeof found === 'string' ? 'A kept run' : runTitle(found);
  usePageTitle(title);
  useEffect(() => {
    if (found !== 'reading') heading.current?.focus();
  }, [found]);
  const remove = async () => {
    if (id === undefined || !confirm(DELETE_QUESTION)) return;
    await deleteFinished(id);
    location.hash = '#/';
  };
  return (
    <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="lg">
        <Title order={1} size="h3" ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {found === 'reading' && <Loader role="status" aria-label="Loading" />}
        {found === 'missing' && (
          <Notice kind="error" title="This run is not kept here">
            It was deleted, it belongs to another browser, or another version of this page kept it.{' '}
            <Anchor href="#/">Back to the start</Anchor>
          </Notice>
        )}
        {typeof found !== 'string' && (
          <>
            <Kept run={found} />
            <Group>
              <Button component="a" href="#/" variant="default">
                Your runs
              </Button>
              <Button variant="default" onClick={() => void remove()}>
                Delete this run
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Container>
  );
}

function Kept({ run }: { readonly run: FinishedRun }) {
  return (
    <>
      <Text c="dimmed">{runLine(run)}. Kept in this browser, encrypted, until you delete it.</Text>
      <div className="panel">
        <Title order={2} size="h4" mb="md">
          {run.kind === 'result' ? 'The result' : 'What was released'}
        </Title>
        {run.kind === 'result' ? <ResultView result={run.result} /> : <OwnerOutcomeView outcome={run.outcome} />}
      </div>
    </>
  );
}
