import { SimpleGrid, Text, Title } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { Ledger } from '../../ledger/ledger.ts';
import { memoryStore } from '../../ledger/stores.ts';
import { numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { pageServices } from '../party/page-services.ts';
import type { Party } from '../party/party.ts';
import { playSample, SAMPLE } from '../party/sample-play.ts';
import { useNewParty } from '../party/use-party.ts';
import { CapabilityNotice } from '../ui/capability-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import { TitledPage } from '../ui/titled-page.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { Wizard } from '../wizard/wizard.tsx';

/** Both parties share this computer's cores; made-up people do not go into the real ledger. */
const services = pageServices({
  poolSize: Math.max(1, Math.floor(((navigator.hardwareConcurrency || 2) - 1) / 2)),
  ledger: new Ledger(memoryStore()),
  keepsRuns: false,
});
const PAUSE_MS = 1800;

/** Both parties side by side on made-up people; it plays by itself. */
export function SamplePage() {
  usePageTitle(t('Try with sample data'));
  const researcher = useNewParty('researcher', services);
  const owner = useNewParty('owner', services);
  const [said, setSaid] = useState('');
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    if (researcher === undefined || owner === undefined) return;
    const abort = new AbortController();
    playSample({ researcher, owner, pause: PAUSE_MS, signal: abort.signal, say: setSaid }).catch((error: unknown) => {
      if (!abort.signal.aborted) setTrouble(error instanceof Error ? error.message : String(error));
    });
    return () => abort.abort();
  }, [researcher, owner]);
  return (
    <TitledPage
      title={t('Try with sample data')}
      about={t(
        'A made-up trial in this window: does training prevent falls? The researcher has a list of {{listRows}} people in two arms. The data owner has {{dataRows}} rows that say who fell. {{overlap}} people are in both, with spelling mistakes. Connection and encryption are real. It plays by itself.',
        { listRows: SAMPLE.listRows, dataRows: numberWords(SAMPLE.dataRows), overlap: SAMPLE.overlap },
      )}
    >
      <CapabilityNotice />
      <Text fw={600} aria-live="polite" mih="1.6em">
        {said}
      </Text>
      {trouble !== undefined && (
        <Notice kind="error" title={t('The sample could not be played')}>
          {t('{{trouble}} Reload the page to try again.', { trouble })}
        </Notice>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" style={{ alignItems: 'start' }}>
        <Side name={t('Researcher')} party={researcher} />
        <Side name={t('Data owner')} party={owner} />
      </SimpleGrid>
    </TitledPage>
  );
}

function Side({ name, party }: { readonly name: string; readonly party: Party | undefined }) {
  const id = useId();
  return (
    <section aria-labelledby={id} style={{ minWidth: 0 }}>
      <Title order={2} id={id} size="h3" mb="md">
        {name}
      </Title>
      {party && <Wizard party={party} headingOrder={2} />}
    </section>
  );
}
