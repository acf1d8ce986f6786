import { Anchor, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { loadNetConfig } from '../../net/config.ts';
import { t } from '../../words/translate.ts';
import { CapabilityNotice } from '../ui/capability-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import { Sentence } from '../ui/sentence.tsx';
import { TitledPage } from '../ui/titled-page.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { ServiceProject } from './service-project.tsx';
import type { ServiceProps } from './service-props.ts';
import { ServiceRuns } from './service-runs.tsx';
import { ServiceUpload } from './service-upload.tsx';

/** The services that the page may connect to, once its host's configuration is read. */
function useAllowedServices() {
  const [allowed, setAllowed] = useState<readonly string[]>();
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    loadNetConfig().then(
      ({ entityService = [] }) => setAllowed(entityService),
      (error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)),
    );
  }, []);
  return { allowed, trouble };
}

/** For data that outgrows a browser: the same CLKs, compared by an Anonlink entity service. */
export function ServicePage() {
  usePageTitle(t('Use an Anonlink entity service'));
  const { allowed, trouble } = useAllowedServices();
  const [typed, setAddress] = useState<string>();
  const [projectId, setProjectId] = useState('');
  const address = typed ?? allowed?.[0] ?? '';
  const props: ServiceProps = { address, projectId, onProjectId: setProjectId };
  return (
    <TitledPage
      title={t('Use an Anonlink entity service')}
      about={t(
        'For files that outgrow a browser. Rows are encoded on this computer; their CLKs go to the service, which is the linkage unit and compares them on servers of its own. It must not know the linkage secret, and nothing here sends it.',
      )}
    >
      <CapabilityNotice task="encode" />
      {trouble !== undefined && <Notice kind="error">{trouble}</Notice>}
      {allowed?.length === 0 && (
        <Notice kind="warning" title={t('This page may not connect to a service')}>
          {t(
            'Whoever hosts it has to list the service in config.json, as "entityService": ["https://linkage.example.org"].',
          )}
        </Notice>
      )}
      <Text>
        <Sentence
          english="Files that a browser can hold need no service: <a>link them in a room</a>."
          elements={{ a: <Anchor href="#/linking" underline="always" /> }}
        />
      </Text>
      {allowed !== undefined && allowed.length > 0 && (
        <>
          <TextInput
            label={t('Service address')}
            description={t('This page may connect to {{services}}', { services: allowed.join(', ') })}
            value={address}
            onChange={({ currentTarget }) => setAddress(currentTarget.value)}
            maw="32rem"
          />
          <ServiceProject {...props} />
          <ServiceUpload {...props} />
          <ServiceRuns {...props} />
        </>
      )}
    </TitledPage>
  );
}
