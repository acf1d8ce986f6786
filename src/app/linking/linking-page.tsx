import { Anchor, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isInvitation, parseInvitation } from '../../linking/invitation.ts';
import { t } from '../../words/translate.ts';
import { CapabilityNotice } from '../ui/capability-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import { Sentence } from '../ui/sentence.tsx';
import { TitledPage } from '../ui/titled-page.tsx';
import { CreateProject } from './create-project.tsx';
import { ModeNotice } from './mode-notice.tsx';
import { type OpenProject, openInvitation } from './open-project.ts';
import { pageServices } from './page-services.ts';
import { ProjectRoom } from './project-room.tsx';

/** Anonymous linking: a new project, or the one whose link was opened. */
export function LinkingPage({ fragment }: { readonly fragment: string }) {
  return (
    <TitledPage
      title={t('Link data sets anonymously')}
      about={t(
        'Two or more data providers turn their rows into CLKs (cryptographic long-term keys) on their own computers, with a secret that only they share. A linkage unit, which does not know the secret, compares the CLKs and says which rows belong together. Everything stays in the browsers, unless the linkage unit has machines of its own compare.',
      )}
    >
      <CapabilityNotice />
      {isInvitation(fragment) ? <Invited fragment={fragment} /> : <NewProject />}
    </TitledPage>
  );
}

function NewProject() {
  const [project, setProject] = useState<OpenProject>();
  // A page that is left leaves its room.
  useEffect(() => () => void project?.leave(), [project]);
  if (project) return <ProjectRoom project={project} />;
  return (
    <>
      <ModeNotice />
      <CreateProject onCreated={setProject} />
      <Text>
        <Sentence
          english="Files too large for a browser? <a>Use an Anonlink entity service</a>."
          elements={{ a: <Anchor href="#/service" underline="always" /> }}
        />
      </Text>
    </>
  );
}

function Invited({ fragment }: { readonly fragment: string }) {
  const [project, setProject] = useState<OpenProject>();
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    let gone = false;
    let opened: OpenProject | undefined;
    const open = async () => {
      const invitation = parseInvitation(fragment);
      // The address stays in the browser's history, where a secret has no business.
      history.replaceState(null, '', '#/linking');
      const services = await pageServices();
      if (gone) return;
      opened = openInvitation(services, invitation);
      setProject(opened);
    };
    open().catch((error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)));
    return () => {
      gone = true;
      void opened?.leave();
    };
  }, [fragment]);
  if (trouble !== undefined) {
    return (
      <Stack gap="md">
        <Notice kind="error" title={t('The room cannot be entered')}>
          {trouble}
        </Notice>
        <Anchor href="#/linking">{t('Make a project of your own')}</Anchor>
      </Stack>
    );
  }
  if (project) return <ProjectRoom project={project} />;
  return <Loader role="status" aria-label={t('Entering the room')} />;
}
