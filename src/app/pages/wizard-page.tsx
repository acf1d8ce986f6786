import { Container } from '@mantine/core';
import { useEffect } from 'react';
import type { Role } from '../../net/room-api.ts';
import { CapabilityNotice } from '../capability-notice.tsx';
import { pageServices } from '../party/page-services.ts';
import { useNewParty } from '../party/use-party.ts';
import { Wizard } from '../wizard/wizard.tsx';

const services = pageServices();

interface WizardPageProps {
  readonly role: Role;
  /** The fragment of an opened room link. */
  readonly roomFragment: string | undefined;
}

/** One party over the whole page. An opened link connects at once, in the background. */
export function WizardPage({ role, roomFragment }: WizardPageProps) {
  const party = useNewParty(role, services);
  useEffect(() => {
    if (roomFragment !== undefined) void party?.openRoom(roomFragment);
  }, [party, roomFragment]);
  return (
    <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
      <CapabilityNotice />
      {party && <Wizard party={party} headingOrder={1} />}
    </Container>
  );
}
