import { VerificationError } from './verification-error.ts';

/** Digits of a strong hash, in bytes. */
const HASH_BYTES: Readonly<Record<string, number>> = { 'sha-256': 32, 'sha-384': 48, 'sha-512': 64 };

/**
 * The one certificate fingerprint of a session description (RFC 8122), as `sha-256 0f:1e:...` in lower case.
 *
 * Browsers differ in which lines they heed: Firefox takes a certificate that fits any of them, SHA-1 included. So every line
 * that speaks of a fingerprint counts, at session and at media level, in whatever case and with whatever blanks; all must say the
 * same, by SHA-256, SHA-384 or SHA-512.
 * @throws VerificationError where there is none, more than one, or one that is not written so
 */
export function fingerprintOf(sdp: string | undefined): string {
  const lines = (sdp ?? '').split(/[\r\n\u2028\u2029]/).filter((line) => /fingerprint/i.test(line));
  const distinct = new Set(lines.map(readLine));
  const [only] = distinct;
  if (only === undefined || distinct.size > 1) throw new VerificationError('failed', false);
  return only;
}

function readLine(line: string): string {
  const [, hash = '', digits = ''] =
    /^a=fingerprint:(sha-\d+) ((?:[0-9a-f]{2}:)*[0-9a-f]{2})$/i.exec(line.trim()) ?? [];
  const name = hash.toLowerCase();
  if (HASH_BYTES[name] !== (digits.length + 1) / 3) throw new VerificationError('failed', false);
  return `${name} ${digits.toLowerCase()}`;
}
