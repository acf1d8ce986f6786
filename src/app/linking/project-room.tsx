import { Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { message, t } from '../../words/translate.ts';
import { useLeaveWarning } from '../ui/use-leave-warning.ts';
import type { OpenProject } from './open-project.ts';
import { ProjectLinks } from './project-links.tsx';
import { ProviderView } from './provider-view.tsx';
import { UnitView } from './unit-view.tsx';

const QUESTION = message('You are in a linkage room. Leave this page, and the room with it?');

/** A project on this page: its links, and the places that this page takes. */
export function ProjectRoom({ project }: { readonly project: OpenProject }) {
  const { links, madeAs, unit, provider, secret } = project;
  const [over, setOver] = useState(false);
  useLeaveWarning(!over, t(QUESTION));
  useEffect(() => {
    // The last chance to tell the others when the window is closed.
    const leave = () => void project.leave();
    addEventListener('pagehide', leave);
    const stopWatching = project.onOver(() => setOver(true));
    return () => {
      removeEventListener('pagehide', leave);
      stopWatching();
    };
  }, [project]);
  return (
    <Stack gap="lg">
      {links.length > 0 && <ProjectLinks links={links} withSecret={secret !== undefined} />}
      {provider && (
        <ProviderView
          participant={provider}
          secret={secret}
          mayDelete={madeAs === 'provider'}
          isUnit={unit !== undefined}
        />
      )}
      {unit && <UnitView participant={unit} withSummary={!provider} />}
    </Stack>
  );
}
