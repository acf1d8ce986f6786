/** docs/vectors/frames.json, by this code and by Node's own cryptography from what docs/protocol.md says. */
import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import vectors from '../../docs/vectors/frames.json' with { type: 'json' };
import { PROTOCOL_VERSION } from '../agreement/protocol-version.ts';
import { importFrameKey, openFrame, sealFrame, sealFrameAtOnce } from '../channel/sealed-frame.ts';
import type { Role } from './room-api.ts';
import {
  bindingOf,
  codeOf,
  frameKeyOf,
  keyOfSecret,
  proofOf,
  type TranscriptSide,
  transcriptOf,
} from './transcript.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array | ArrayBuffer) => Buffer.from(data as Uint8Array).toString('hex');
const ROLES = ['researcher', 'owner'] as const;

type Vector = (typeof vectors.connections)[number];
type Side = Vector['researcher'];

const sideOf = ({ page, nonce, fingerprint }: Side): TranscriptSide => ({
  page: bytes(page),
  nonce: bytes(nonce),
  fingerprint,
});

/** By this code. */
function ours(vector: Vector) {
  const bindingId = vector.bindingId === undefined ? undefined : bytes(vector.bindingId);
  const transcript = transcriptOf(bindingId, { researcher: sideOf(vector.researcher), owner: sideOf(vector.owner) });
  return { key: bytes(vector.key), transcript };
}

const PREFIX = 'blindjoin/4';

/** By Node's cryptography alone. */
function nodes(vector: Vector) {
  const parts = [`${PREFIX} verification`, bytes('04'), bytes(vector.bindingId ?? '')];
  for (const { page, nonce, fingerprint } of [vector.researcher, vector.owner]) {
    parts.push(bytes(page), bytes(nonce), fingerprint);
  }
  const hash = createHash('sha256');
  for (const part of parts) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    hash.update(length).update(part);
  }
  const transcript = hash.digest();
  const key = bytes(vector.key);
  const derive = (use: string, length: number) => hex(hkdfSync('sha256', key, transcript, `${PREFIX} ${use}`, length));
  const proof = (role: number) =>
    createHmac('sha256', key).update(Uint8Array.of(role)).update(transcript).digest('hex');
  return { transcript: hex(transcript), derive, proofs: { researcher: proof(1), owner: proof(2) } };
}

function nodesSeal(key: string, number: number, frame: string): string {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 6, 6);
  const cipher = createCipheriv('aes-256-gcm', bytes(key), nonce);
  const ciphertext = Buffer.concat([cipher.update(bytes(frame)), cipher.final(), cipher.getAuthTag()]);
  return `b2${nonce.toString('hex', 6)}${ciphertext.toString('hex')}`;
}

it('the vectors are of this version, and begin with the link’s secret', () => {
  expect(vectors.version).toBe(PROTOCOL_VERSION);
  expect(hex(keyOfSecret(bytes(vectors.secret)))).toBe(vectors.connections[0]?.key);
  expect(vectors.connections[1]?.key).toBe(vectors.connections[0]?.binding?.key);
});

describe.each(vectors.connections)('$name', (vector) => {
  it('has this transcript, these proofs, words and keys', () => {
    const agreed = ours(vector);
    const { transcript, derive, proofs } = nodes(vector);
    expect(hex(agreed.transcript)).toBe(vector.transcript);
    expect(transcript).toBe(vector.transcript);
    expect(codeOf(agreed)).toEqual(vector.code);
    for (const role of ROLES) {
      expect(hex(proofOf(role, agreed))).toBe(vector.proofs[role]);
      expect(proofs[role]).toBe(vector.proofs[role]);
      expect(hex(frameKeyOf(role, agreed))).toBe(vector.frameKeys[role]);
      expect(derive(`frames of the ${role}`, 32)).toBe(vector.frameKeys[role]);
    }
    if (vector.binding === undefined) return;
    const { id, key } = bindingOf(agreed);
    expect({ id: hex(id), key: hex(key) }).toEqual(vector.binding);
    expect({ id: derive('binding', 16), key: derive('later connection', 32) }).toEqual(vector.binding);
  });

  it.each(vector.frames)('seals frame $number of the $from', async ({ from, number, frame, sealed }) => {
    const key = vector.frameKeys[from as Role];
    expect(hex(await sealFrame(await importFrameKey(bytes(key), 'encrypt'), number, bytes(frame)))).toBe(sealed);
    expect(hex(sealFrameAtOnce(bytes(key), number, bytes(frame)))).toBe(sealed);
    expect(nodesSeal(key, number, frame)).toBe(sealed);
    const opened = await openFrame(await importFrameKey(bytes(key), 'decrypt'), bytes(sealed));
    expect({ number: opened.number, frame: hex(opened.frame) }).toEqual({ number, frame });
  });
});

it('no key serves two directions or two connections', () => {
  const keys = vectors.connections.flatMap(({ frameKeys }) => Object.values(frameKeys));
  expect(new Set(keys).size).toBe(4);
});
