/**
 * Links into a linkage room. Rooms are between two pages, so each provider has one of its own with the linkage unit, and
 * its secret comes from the project's *room key* by HKDF. Whoever makes the project makes the links:
 *
 *     provider i     #/linking?as=provider&number=i&project=<digest>&room=<room secret i>[&secret=<linkage secret>]
 *     linkage unit   #/linking?as=unit&providers=n&project=<digest>&key=<room key>
 *
 * The linkage secret, from which CLKs are made, is in providers' links only, and only where a provider makes the project;
 * nothing derives it from the room key. From one room secret follows neither the key nor another provider's secret.
 */

import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { t } from '../words/translate.ts';
import { LinkingError } from './linking-error.ts';
import { MAX_PROVIDERS, MIN_PROVIDERS } from './project.ts';

const KEY_BYTES = 32;

/** What a provider's link carries. */
export interface ProviderInvitation {
  readonly as: 'provider';
  /** From 1. */
  readonly number: number;
  /** Digest of the project. */
  readonly project: string;
  readonly room: Uint8Array;
  /** Absent where the linkage unit made the project: then providers agree on it among themselves. */
  readonly secret: string | undefined;
}

/** What the linkage unit's link carries: never the linkage secret. */
export interface UnitInvitation {
  readonly as: 'unit';
  readonly providers: number;
  readonly project: string;
  readonly key: Uint8Array;
}

export type Invitation = ProviderInvitation | UnitInvitation;

const key = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .transform((text, context) => {
    try {
      return base64urlnopad.decode(text);
    } catch {
      context.addIssue('is not base64url');
      return z.NEVER;
    }
  });
const digest = z.string().regex(/^[0-9a-f]{32}$/);
const whole = z
  .string()
  .regex(/^\d{1,2}$/)
  .transform(Number);

const invitationSchema = z.discriminatedUnion('as', [
  z.strictObject({
    as: z.literal('provider'),
    number: whole.pipe(z.number().min(1).max(MAX_PROVIDERS)),
    project: digest,
    room: key,
    secret: z.string().min(1).max(1000).optional(),
  }),
  z.strictObject({
    as: z.literal('unit'),
    providers: whole.pipe(z.number().min(MIN_PROVIDERS).max(MAX_PROVIDERS)),
    project: digest,
    key,
  }),
]);

/** A new room key. */
export function newRoomKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** A new linkage secret, 256 bits as text: clkhash and its family take the same text as their secret. */
export function newLinkageSecret(): string {
  return base64urlnopad.encode(randomBytes(KEY_BYTES));
}

/** The secret of the room between the linkage unit and provider `number`, from 1. */
export function roomSecret(roomKey: Uint8Array, number: number): Uint8Array {
  return hkdf(sha256, roomKey, undefined, utf8ToBytes(`blindjoin/1 linking room ${number}`), KEY_BYTES);
}

function link(base: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${base.split('#')[0]}#/linking?${new URLSearchParams(given)}`;
}

/** The link for provider `number`. */
export function providerLink(
  base: string,
  {
    roomKey,
    project,
    number,
    secret,
  }: { roomKey: Uint8Array; project: string; number: number; secret?: string | undefined },
): string {
  const room = base64urlnopad.encode(roomSecret(roomKey, number));
  return link(base, { as: 'provider', number: String(number), project, room, secret });
}

/** The link for the linkage unit. */
export function unitLink(
  base: string,
  { roomKey, project, providers }: { roomKey: Uint8Array; project: string; providers: number },
): string {
  return link(base, { as: 'unit', providers: String(providers), project, key: base64urlnopad.encode(roomKey) });
}

/** True for a fragment that means to be a link into a room, whether it is whole or not. */
export function isInvitation(fragment: string): boolean {
  return /^#?\/linking\?(.*&)?as=/.test(fragment);
}

/**
 * The invitation in the fragment of an opened link, with or without its `#`.
 * @throws LinkingError when it is none, or part of one
 */
export function parseInvitation(fragment: string): Invitation {
  const [path = '', query = ''] = fragment.replace(/^#/, '').split('?', 2);
  const parsed = checked(invitationSchema, Object.fromEntries(new URLSearchParams(query)));
  if (path !== '/linking' || 'problem' in parsed) {
    throw new LinkingError(
      t('This is not a whole link into a linkage room. Ask whoever sent it to copy the link again and send all of it.'),
    );
  }
  const { data } = parsed;
  return data.as === 'unit' ? data : { ...data, secret: data.secret };
}
