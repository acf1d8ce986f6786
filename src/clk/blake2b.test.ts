import { blake2b } from '@noble/hashes/blake2.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBlake2b } from './blake2b.ts';

const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength });

it('hashes as BLAKE2b does, messages of no, one and several blocks', () => {
  fc.assert(
    fc.property(bytes(1, 64), bytes(16, 16), fc.array(bytes(0, 400), { maxLength: 5 }), (key, salt, messages) => {
      const hash = createBlake2b(key, salt);
      for (const message of [...messages, new Uint8Array(), new Uint8Array(128).fill(7)]) {
        expect(hash(message)).toEqual(blake2b(message, { key, salt }));
      }
    }),
  );
});

it('keeps hashes of several keys apart', () => {
  const [one, other] = [1, 2].map((byte) => createBlake2b(Uint8Array.of(byte), new Uint8Array(16)));
  const message = Uint8Array.of(5);
  const before = one?.(message).slice();
  expect(other?.(message)).not.toEqual(before);
  expect(one?.(message)).toEqual(before);
});

it('refuses keys and salts that BLAKE2b does not take', () => {
  expect(() => createBlake2b(new Uint8Array(65), new Uint8Array(16))).toThrow('65 bytes');
  expect(() => createBlake2b(new Uint8Array(), new Uint8Array(16))).toThrow('a key of 0 bytes');
  expect(() => createBlake2b(new Uint8Array(1), new Uint8Array(15))).toThrow('a salt of 15 bytes');
});
