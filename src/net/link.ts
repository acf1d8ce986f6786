import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { t } from '../words/translate.ts';
import type { Role } from './room-api.ts';

/** Bytes of the secret a link carries. */
export const SECRET_BYTES = 32;

const linkSchema = z.object({
  role: z.enum(['researcher', 'owner']),
  secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/** A fragment that is no room link. The message says what to do. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
}

export const newSecret = (): Uint8Array => randomBytes(SECRET_BYTES);

/** The link to a room. The secret stands in the fragment, which browsers send to nobody. */
export function roomLink(base: string, role: Role, secret: Uint8Array): string {
  return `${base.split('#')[0]}#/${role}?room=${base64urlnopad.encode(secret)}`;
}

/** True for a fragment that means to be a room link, whether it is whole or not. */
export function isRoomFragment(fragment: string): boolean {
  return /^#?\/(researcher|owner)\?(.*&)?room=/.test(fragment);
}

/**
 * Role and secret in the fragment of an opened link, with or without its `#`.
 * @throws LinkError when it is no room link, or part of one.
 */
export function parseRoomLink(fragment: string): { role: Role; secret: Uint8Array } {
  const [path = '', query = ''] = fragment.replace(/^#/, '').split('?');
  const parsed = checked(linkSchema, {
    role: path.replace(/^\//, ''),
    // A full stop or bracket of the sentence around the link is no part of it.
    secret: new URLSearchParams(query).get('room')?.replace(/[^\w-]+$/, ''),
  });
  if ('problem' in parsed) {
    throw new LinkError(
      t('This is not a whole room link. Ask the other person to copy the link again and send all of it.'),
    );
  }
  try {
    return { role: parsed.data.role, secret: base64urlnopad.decode(parsed.data.secret) };
  } catch {
    throw new LinkError(t('The room link was changed on its way. Ask the other person to send it again.'));
  }
}

/** The name under which a room is found at the signalling server, which learns nothing of the secret from it. */
export function roomId(secret: Uint8Array): string {
  return `blindjoin-${bytesToHex(hkdf(sha256, secret, undefined, utf8ToBytes('blindjoin/1 room'), 16))}`;
}
