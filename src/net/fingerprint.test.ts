import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';
import { VerificationError } from './verification-error.ts';

const digits = (count: number, digit = '0f') => Array(count).fill(digit).join(':');
const line = `a=fingerprint:sha-256 ${digits(32)}`;
const described = (session: readonly string[], media: readonly string[], end = '\r\n') =>
  ['v=0', ...session, 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=setup:actpass', ...media, ''].join(end);

describe('the fingerprint of a description', () => {
  it.each([
    ['at media level', described([], [line])],
    ['at session level', described([line], [])],
    ['at both', described([line], [line])],
    [
      'in upper case and again in lower case',
      described([line.toUpperCase().replace('A=FINGERPRINT', 'a=fingerprint')], [line]),
    ],
    ['with other ends of lines', described([], [line], '\n')],
  ])('is read %s', (_name, sdp) => expect(fingerprintOf(sdp)).toBe(`sha-256 ${digits(32)}`));

  it.each([
    ['sha-384', 48],
    ['sha-512', 64],
  ])('may be by %s', (hash, bytes) =>
    expect(fingerprintOf(`a=fingerprint:${hash} ${digits(bytes)}\r\n`)).toBe(`${hash} ${digits(bytes)}`),
  );

  const added = {
    'a second sha-256': line.replace('0f', '0e'),
    'sha-1': `a=fingerprint:sha-1 ${digits(20)}`,
    'sha-224': `a=fingerprint:sha-224 ${digits(28)}`,
    md5: `a=fingerprint:md5 ${digits(16)}`,
    'the same certificate by another hash': `a=fingerprint:sha-512 ${digits(64)}`,
    'another hash in upper case': `A=FINGERPRINT:SHA-1 ${digits(20).toUpperCase()}`,
    'two blanks': `a=fingerprint:sha-256  ${digits(32, '0e')}`,
    'a blank before': ` a=fingerprint:sha-256 ${digits(32, '0e')}`,
    'a blank after the colon': `a=fingerprint: sha-256 ${digits(32, '0e')}`,
    'a tab': `a=fingerprint:sha-256\t${digits(32, '0e')}`,
    'blanks around the equals sign': `a = fingerprint:sha-1 ${digits(20)}`,
    'something after': `${line} ${digits(20)}`,
    'another ahead of it in the line': `a=fingerprint:sha-1 ${digits(20)} ${line}`,
    'a digit too few': `a=fingerprint:sha-256 ${digits(31)}`,
    'a digit too many': `a=fingerprint:sha-256 ${digits(33)}`,
    'no colons': `a=fingerprint:sha-256 ${'0f'.repeat(32)}`,
    nothing: 'a=fingerprint:',
  };
  for (const [name, other] of Object.entries(added)) {
    it.each([
      ['after at media level', described([], [line, other])],
      ['before at media level', described([], [other, line])],
      ['at session level', described([other], [line])],
      ['below the session’s', described([line], [other])],
      ['after a lone carriage return', described([], [`${line}\r${other}`])],
      ['alone', described([], [other])],
    ])(`is refused with ${name} %s`, (where, sdp) => {
      const alone = where === 'alone' && /second|same certificate|blank before/.test(name);
      if (!alone) expect(() => fingerprintOf(sdp)).toThrow(VerificationError);
    });
  }

  it.each([undefined, '', 'v=0\r\n'])('is refused where there is none (%j)', (sdp) => {
    expect(() => fingerprintOf(sdp)).toThrow(VerificationError);
  });
});
