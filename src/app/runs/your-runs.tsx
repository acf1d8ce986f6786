import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { deleteFinished, finishedRuns, type KeptFinish } from '../../storage/finished-runs.ts';
import { t } from '../../words/translate.ts';
import { runFragment } from '../ui/route.ts';
import { DELETE_QUESTION, runLine, runTitle } from './run-words.ts';

/** The runs kept in this browser; nothing where there are none, or nothing can be kept. */
export default function YourRuns() {
  const [kept, setKept] = useState<readonly KeptFinish[]>([]);
  useEffect(() => {
    finishedRuns().then(setKept, () => {});
  }, []);
  if (kept.length === 0) return null;
  const remove = async (id: string) => {
    if (!confirm(t(DELETE_QUESTION))) return;
    await deleteFinished(id);
    setKept((all) => all.filter((one) => one.id !== id));
  };
  return (
    <section aria-labelledby="your-runs">
      <Stack gap="xs">
        <Title order={2} id="your-runs" size="h4">
          {t('Your runs')}
        </Title>
        <Text c="dimmed">{t('Kept in this browser, encrypted, until you delete them.')}</Text>
        <ul className="kept-runs">
          {kept.map((one) => (
            <KeptRow key={one.id} kept={one} onDelete={() => void remove(one.id)} />
          ))}
        </ul>
      </Stack>
    </section>
  );
}

function KeptRow({ kept: { id, run }, onDelete }: { readonly kept: KeptFinish; onDelete(): void }) {
  const title = run === undefined ? t('A run that cannot be opened any more') : runTitle(run);
  return (
    <li>
      <Group justify="space-between" gap="sm">
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {run === undefined ? <Text>{title}</Text> : <Anchor href={runFragment(id)}>{title}</Anchor>}
          <Text size="sm" c="dimmed">
            {run === undefined ? t('Another version of this page kept it, or its key was cleared.') : runLine(run)}
          </Text>
        </div>
        <Button size="xs" variant="default" aria-label={t('Delete {{title}}', { title })} onClick={onDelete}>
          {t('Delete')}
        </Button>
      </Group>
    </li>
  );
}
