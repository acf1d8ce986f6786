import { Container, Stack } from '@mantine/core';
import { useEffect } from 'react';
import type { Role } from '../../net/room-api.ts';
import { pageServices } from '../party/page-services.ts';
import { arrive, leave, tabParty } from '../party/tab-party.ts';
import { CapabilityNotice } from '../ui/capability-notice.tsx';
import { Wizard } from '../wizard/wizard.tsx';

const services = pageServices({ keepsRuns: true });

interface WizardPageProps {
  readonly role: Role;
  /** The fragment of an opened room link. */
  readonly roomFragment: string | undefined;
}

/** One party over the whole page. A run that was kept over a reload goes on; an opened link connects at once, in the background. */
export function WizardPage({ role, roomFragment }: WizardPageProps) {
  const party = tabParty(role, services);
  useEffect(() => {
    void arrive(role, services, roomFragment);
  }, [role, roomFragment]);
  useEffect(() => () => leave(party), [party]);
  return (
    <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="lg">
        <CapabilityNotice />
        <Wizard party={party} headingOrder={1} />
      </Stack>
    </Container>
  );
}
