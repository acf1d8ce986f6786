/** A project on this page, from making it or opening a link until it is left. */
import {
  type Invitation,
  newLinkageSecret,
  newRoomKey,
  providerLink,
  roomSecret,
  unitLink,
} from '../../linking/invitation.ts';
import { checkProject, encodeProject, type Project, projectDigest } from '../../linking/project.ts';
import { type LinkingServices, ProviderParticipant, UnitParticipant } from './participants.ts';

/** The part that who makes a project takes in it. */
export const MY_ROLES = ['provider', 'unit', 'both'] as const;
export type MyRole = (typeof MY_ROLES)[number];

/** A link to send, and to whom: a provider by number from 1, or the linkage unit. */
export interface ProjectLink {
  readonly to: number | 'unit';
  readonly link: string;
}

export interface OpenProject {
  /** Links that others need, where this page made the project. */
  readonly links: readonly ProjectLink[];
  readonly madeAs: MyRole | undefined;
  readonly unit: UnitParticipant | undefined;
  readonly provider: ProviderParticipant | undefined;
  /** Of a provider; undefined where the link had none. */
  readonly secret: string | undefined;
  /** Calls once the room is over for every place that this page has in it. Returns how to stop that. */
  onOver(listener: () => void): () => void;
  leave(): Promise<void>;
}

function open(parts: Omit<OpenProject, 'leave' | 'onOver'>): OpenProject {
  return {
    ...parts,
    onOver: (listener) => {
      const participants = [parts.provider, parts.unit].flatMap((participant) => (participant ? [participant] : []));
      const check = () => {
        if (participants.every((participant) => participant.over)) listener();
      };
      const stops = participants.map(({ store }) => store.subscribe(check));
      check();
      return () => {
        for (const stop of stops) stop();
      };
    },
    leave: async () => {
      await Promise.all([parts.provider?.leave(), parts.unit?.leave()]);
    },
  };
}

/** Takes the place that a link offers. */
export function openInvitation(services: LinkingServices, invitation: Invitation): OpenProject {
  const made = { links: [], madeAs: undefined };
  if (invitation.as === 'unit') {
    return open({ ...made, unit: new UnitParticipant(services, invitation), provider: undefined, secret: undefined });
  }
  const { secret } = invitation;
  return open({ ...made, unit: undefined, provider: ProviderParticipant.join(services, invitation), secret });
}

/**
 * Makes a project and takes a place in it. A provider who makes it also makes the linkage secret, and is provider 1;
 * the linkage unit never makes or sees one.
 * @throws LinkingError saying what is wrong with the project
 */
export function makeProject(services: LinkingServices, description: Project, role: MyRole): OpenProject {
  const project = checkProject(description);
  const digest = projectDigest(encodeProject(project));
  const roomKey = newRoomKey();
  const secret = role === 'unit' ? undefined : newLinkageSecret();
  const { base } = services;
  const others = Array.from({ length: project.providers }, (_, i) => i + 1).slice(role === 'unit' ? 0 : 1);
  const links: ProjectLink[] = others.map((number) => ({
    to: number,
    link: providerLink(base, { roomKey, project: digest, number, secret }),
  }));
  const unitInvitation = { as: 'unit', providers: project.providers, project: digest, key: roomKey } as const;
  if (role === 'provider') {
    links.push({
      to: 'unit',
      link: unitLink(base, { roomKey, project: digest, providers: project.providers }),
    });
    const own = { as: 'provider', number: 1, project: digest, room: roomSecret(roomKey, 1), secret } as const;
    return open({
      links,
      madeAs: role,
      unit: undefined,
      provider: ProviderParticipant.join(services, own, project),
      secret,
    });
  }
  const unit = new UnitParticipant(services, unitInvitation, { project, alsoProvider: role === 'both' });
  return open({ links, madeAs: role, unit, provider: unit.provider, secret });
}
