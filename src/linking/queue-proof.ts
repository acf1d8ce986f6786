/**
 * How a linkage unit's page and the server with its queue find out that both know the token that the server printed when it
 * started, before a CLK leaves the page. The token itself is never sent:
 *
 *     page -> server   nonce of the page, 32 bytes
 *     server -> page   nonce of the server, 32 bytes; HMAC-SHA256(token, "server", both nonces)
 *     page -> server   HMAC-SHA256(token, "page", both nonces)
 *
 * After that both speak by the frames of a channel.
 */
import { concatBytes, equalBytes } from '@noble/curves/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { ResumableChannel } from '../channel/resumable-channel.ts';
import type { SocketTransport } from '../channel/socket-transport.ts';
import { t } from '../words/translate.ts';
import { LinkingError } from './linking-error.ts';
import { MAX_MESSAGE_BYTES } from './messages.ts';
import { SAID } from './said.ts';

const LABEL = 'blindjoin/1 queue of a linkage unit, ';
const TOKEN_BYTES = 32;
const NONCE_BYTES = 32;
const PROOF_BYTES = 32;
/** A connection is not made anew: a run that loses it fails, and can be started again. */
const RECONNECT_SECONDS = 1;

/** A token, as the person reads it. */
export const newQueueToken = (): string => base64urlnopad.encode(randomBytes(TOKEN_BYTES));

/**
 * The bytes of a token as it was typed.
 * @throws LinkingError
 */
export function readQueueToken(text: string): Uint8Array {
  try {
    const bytes = base64urlnopad.decode(text.trim());
    if (bytes.byteLength === TOKEN_BYTES) return bytes;
  } catch {
    // Said below.
  }
  throw new LinkingError(
    t('This is no token of a queue. Copy all 43 characters that the server printed when it started.'),
  );
}

type Side = 'page' | 'server';

function proofOf(token: Uint8Array, side: Side, ofPage: Uint8Array, ofServer: Uint8Array): Uint8Array {
  return hmac(sha256, token, concatBytes(utf8ToBytes(LABEL + side), ofPage, ofServer));
}

function isProof(given: Uint8Array, ...of: Parameters<typeof proofOf>): boolean {
  return given.byteLength === PROOF_BYTES && equalBytes(given, proofOf(...of));
}

function channelOver(transport: SocketTransport): ResumableChannel {
  const channel: ResumableChannel = new ResumableChannel({
    reconnectSeconds: RECONNECT_SECONDS,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    onLost: () =>
      channel.abandon({
        code: 'connection-lost',
        message: SAID.queueLost,
      }),
  });
  channel.attach(transport);
  return channel;
}

/**
 * The page's side.
 * @throws LinkingError where the server does not prove that it knows the token; nothing but a nonce was sent to it then
 */
export async function proveAsPage(transport: SocketTransport, token: Uint8Array): Promise<ResumableChannel> {
  const ofPage = randomBytes(NONCE_BYTES);
  transport.send(ofPage);
  const answer = await transport.next().catch(() => undefined);
  const ofServer = answer?.subarray(0, NONCE_BYTES) ?? new Uint8Array();
  const given = answer?.subarray(NONCE_BYTES) ?? new Uint8Array();
  if (ofServer.byteLength !== NONCE_BYTES || !isProof(given, token, 'server', ofPage, ofServer)) {
    transport.close();
    throw new LinkingError(answer === undefined ? SAID.queueAbsent : SAID.queueDoubted);
  }
  transport.send(proofOf(token, 'page', ofPage, ofServer));
  return channelOver(transport);
}

/** The server's side. @returns undefined where the page does not prove that it knows the token; it is cut off then */
export async function proveAsServer(
  transport: SocketTransport,
  token: Uint8Array,
): Promise<ResumableChannel | undefined> {
  const ofServer = randomBytes(NONCE_BYTES);
  try {
    const ofPage = await transport.next();
    if (ofPage.byteLength === NONCE_BYTES) {
      transport.send(concatBytes(ofServer, proofOf(token, 'server', ofPage, ofServer)));
      if (isProof(await transport.next(), token, 'page', ofPage, ofServer)) return channelOver(transport);
    }
  } catch {
    // It went away.
  }
  transport.close();
  return undefined;
}
