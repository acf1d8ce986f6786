/** Both pages prove to each other, over a connection that has just opened, that they know the link's secret. */
import type { DataConnection } from 'peerjs';
import { decodeFrame, encodeFrame, FrameError } from '../channel/frames.ts';
import type { DataChannelTransport } from './data-channel-transport.ts';
import { fingerprintOf } from './fingerprint.ts';
import { refusalFrame, type Verification, type Verified } from './verification.ts';
import { VerificationError } from './verification-error.ts';

/** A connection that is not verified by then is dropped, milliseconds. */
export const VERIFY_WITHIN_MS = 20_000;

/** How often an open connection's descriptions are looked for. */
const DESCRIBED_TRIES = 100;
/** And how far apart, milliseconds. */
const DESCRIBED_PAUSE_MS = 20;

/** This page's part. */
export interface Prover {
  /**
   * Who dialled speaks first. What the other side sends as soon as its own end is open may be lost in Chromium while this end is
   * still opening, so it answers only.
   */
  readonly speaksFirst: boolean;
  /** Begins the verification of a connection between these DTLS fingerprints, as `fingerprintOf` gives them. */
  verification(fingerprints: { readonly local: string; readonly remote: string }): Verification;
}

/**
 * Verifies an open connection. `onVerified` is called within the event that brought the last proof, so that whoever takes the
 * connection over misses no frame.
 * @throws VerificationError when either side refuses; Error when the connection breaks or is silent.
 */
export async function verifyConnection(
  transport: DataChannelTransport,
  prover: Prover,
  onVerified: (verified: Verified) => void,
): Promise<void> {
  const { connection } = transport;
  await described(connection);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      clearTimeout(timer);
      const refused = error instanceof FrameError ? new VerificationError('failed', false) : error;
      if (refused instanceof VerificationError && !refused.byPeer) {
        transport.send(encodeFrame(refusalFrame(refused.refusal)));
      }
      transport.closeSoon();
      reject(refused);
    };
    const timer = setTimeout(() => fail(new Error('The verification took too long')), VERIFY_WITHIN_MS);
    try {
      const verification = prover.verification({
        local: fingerprintOf(connection.peerConnection.localDescription?.sdp),
        remote: fingerprintOf(connection.peerConnection.remoteDescription?.sdp),
      });
      let greeted = prover.speaksFirst;
      if (greeted) transport.send(encodeFrame(verification.start()));
      transport.listen({
        onFrame: (bytes) => {
          try {
            if (!greeted) transport.send(encodeFrame(verification.start()));
            greeted = true;
            const next = verification.take(decodeFrame(bytes));
            if ('type' in next) {
              transport.send(encodeFrame(next));
            } else {
              clearTimeout(timer);
              onVerified(next);
              resolve();
            }
          } catch (error) {
            fail(error);
          }
        },
        onDrain: () => {},
        onClose: () => fail(new Error('The connection broke during the verification')),
      });
    } catch (error) {
      fail(error);
    }
  });
}

/**
 * Waits until the browser shows the descriptions of an open connection: its channel may open before they are there.
 * @throws Error when the connection breaks before
 */
async function described(connection: DataConnection): Promise<void> {
  for (let tries = 0; tries < DESCRIBED_TRIES; tries++) {
    const state = connection.peerConnection?.signalingState ?? 'closed';
    if (state === 'stable') return;
    if (state === 'closed') break;
    await new Promise((resolve) => setTimeout(resolve, DESCRIBED_PAUSE_MS));
  }
  throw new Error('The connection broke before the verification');
}
