import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutFrame, decodeFrame, encodeFrame, FRAME_BYTES, type Frame, FrameError } from './frames.ts';
import { MessageAssembler } from './message-assembler.ts';
import { decodeMessage, encodeMessage } from './message-codec.ts';

const messages = fc.record({
  kind: fc.string({ minLength: 1, maxLength: 32 }),
  body: fc.jsonValue({ maxDepth: 6 }).filter((value) => !JSON.stringify(value).includes('__proto__')),
  blobs: fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 5 }),
});

const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({
    type: fc.constant('data' as const),
    number: fc.nat(),
    offset: fc.nat(),
    total: fc.nat(),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 100 }),
  }),
  fc.record({
    type: fc.constantFrom('ack' as const, 'resume' as const, 'ping' as const, 'pong' as const),
    number: fc.nat(),
  }),
  fc.record({ type: fc.constant('bye-taken' as const) }),
  fc.record({
    type: fc.constant('bye' as const),
    reason: fc.record({ code: fc.constantFrom('finished' as const, 'declined' as const), message: fc.string() }),
  }),
  fc.record({
    type: fc.constantFrom('hello' as const, 'nonce' as const, 'proof' as const, 'refusal' as const),
    bytes: fc.uint8Array({ maxLength: 100 }),
  }),
);

/** Runs something on hostile bytes: it may only succeed or throw a FrameError. */
function survives(run: () => void): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(FrameError);
  }
}

describe('message codec', () => {
  it('gives back any message', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const read = decodeMessage(encodeMessage(message));
        expect(read.kind).toBe(message.kind);
        // -0 is written as 0, as JSON does.
        expect(JSON.stringify(read.body)).toEqual(JSON.stringify(message.body));
        expect(read.blobs.map((blob) => [...blob])).toEqual(message.blobs.map((blob) => [...blob]));
      }),
    );
  });

  it('survives any change of bytes', () => {
    fc.assert(
      fc.property(messages, fc.nat(), fc.nat(255), fc.nat(), (message, at, value, cut) => {
        const bytes = encodeMessage(message);
        bytes[at % bytes.length] = value;
        survives(() => decodeMessage(bytes));
        survives(() => decodeMessage(bytes.subarray(0, cut % bytes.length)));
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => survives(() => decodeMessage(bytes))));
  });

  it.each([
    [{ kind: '', body: null, blobs: [] }, /1 to 32 characters/],
    [{ kind: 'big', body: 'x'.repeat(400_000), blobs: [] }, /"big" is larger/],
    [{ kind: 'many', body: null, blobs: new Array(10_001).fill(new Uint8Array()) }, /at most 10000 blobs/],
  ])('refuses to send what is beyond the limits', (message, text) => {
    expect(() => encodeMessage(message)).toThrow(text);
  });

  it('refuses a kind that pretends to have a length', () => {
    // zod throws a TypeError of its own on [{ length: { toString: 1 } }, null, []].
    const header = encode([{ length: { toString: 1 } }, null, []]);
    expect(() => decodeMessage(Uint8Array.from([0, 0, 0, header.length, ...header]))).toThrow(FrameError);
  });

  const written = (header: Uint8Array, length = header.length) => {
    const bytes = new Uint8Array(4 + header.length);
    new DataView(bytes.buffer).setUint32(0, length);
    bytes.set(header, 4);
    return bytes;
  };
  it.each<[string, Uint8Array, RegExp]>([
    [
      'a header longer than any',
      written(encode(['kind', null, []]), 0xffff_ffff),
      /header of 4294967295 bytes is larger/,
    ],
    ['a header that is cut off', written(encode(['kind', null, []]), 100), /ends inside its header/],
    ['a kind of 33 characters', written(encode(['k'.repeat(33), null, []])), /wrong shape/],
    ['10,001 blobs', written(encode(['kind', null, new Array(10_001).fill(0)])), /wrong shape/],
    ['blobs of negative lengths', written(encode(['kind', null, [3, -3]])), /wrong shape/],
    ['bytes in its body', written(encode(['kind', new Uint8Array(1), []])), /not valid MessagePack/],
    ['an extension in its body', written(encode(['kind', new Date(0), []])), /not valid MessagePack/],
    ['a list of 65,537 in its body', written(encode(['kind', new Array(65_537).fill(0), []])), /not valid MessagePack/],
  ])('refuses %s', (_what, bytes, text) => {
    expect(() => decodeMessage(bytes)).toThrow(text);
  });

  it.each([4, 6])('refuses blobs of other lengths than its header says (%i)', (length) => {
    const header = encode(['kind', null, [length]]);
    const bytes = Uint8Array.from([0, 0, 0, header.length, ...header, 1, 2, 3, 4, 5]);
    expect(() => decodeMessage(bytes)).toThrow(/its blob lengths say/);
  });

  it('refuses bodies nested too deep', () => {
    const levels = 60_000;
    const header = new Uint8Array(levels + 8).fill(0x91);
    header.set([0x93, 0xa1, 0x61]);
    header.set([0xc0, 0x90], levels + 3);
    const bytes = new Uint8Array(4 + levels + 5);
    new DataView(bytes.buffer).setUint32(0, levels + 5);
    bytes.set(header.subarray(0, levels + 5), 4);
    expect(() => decodeMessage(bytes)).toThrow(/nested deeper/);
  });
});

describe('frames', () => {
  it('give back any frame', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      }),
    );
  });

  it('survive any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(30), (bytes, type) => {
        survives(() => decodeFrame(bytes));
        survives(() => decodeFrame(Uint8Array.from([0xb1, type, ...bytes])));
      }),
    );
  });

  it.each([
    [new Uint8Array(FRAME_BYTES + 1), /larger than 65513/],
    [new Uint8Array(0), /mark of a frame/],
    [Uint8Array.from([0xb1, 99]), /type 99 is not known/],
    [Uint8Array.from([0xb0, 7]), /mark of a frame/],
    [Uint8Array.from([0xb1, 2, 0]), /type ack has 6 bytes/],
    [Uint8Array.from([0xb1, 2, 0, 0, 0, 1, 0]), /type ack has 6 bytes/],
    [Uint8Array.from([0xb1, 6, ...encode(['finished', 'x'.repeat(501)])]), /no known reason/],
    [Uint8Array.from([0xb1, 1, ...new Array(12).fill(0)]), /carries no bytes/],
    [Uint8Array.from([0xb1, 6, 0x92, 0xa1, 0x61, 0xa0]), /no known reason/],
    [Uint8Array.from([0xb1, 6, ...new Array(5000).fill(0)]), /larger than 4096/],
  ])('that break a rule are refused with the rule', (bytes, text) => {
    expect(() => decodeFrame(bytes)).toThrow(text);
  });

  it('any cuts of a message come together again', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 500 }),
        fc.array(fc.integer({ min: 1, max: 100 })),
        (message, cuts) => {
          const assembler = new MessageAssembler();
          let whole: Uint8Array | undefined;
          for (let offset = 0, i = 0; offset < message.length; i++) {
            const frame = cutFrame(7, message, offset, cuts[i] ?? 100);
            offset += frame.bytes.length;
            expect(whole).toBeUndefined();
            whole = assembler.push(frame, 7, 500);
          }
          expect(whole).toEqual(message);
        },
      ),
    );
  });
});

describe('message assembler', () => {
  const frame = (number: number, offset: number, length: number, total: number) =>
    ({ type: 'data', number, offset, total, bytes: new Uint8Array(length) }) as const;

  it('looks at the length before it takes memory', () => {
    const assembler = new MessageAssembler();
    expect(() => assembler.push(frame(1, 0, 1, 0xffff_ffff), 1, 1000)).toThrow(/at most 1000 are accepted/);
  });

  it.each([
    ['a gap', [frame(1, 0, 10, 100), frame(1, 20, 10, 100)], /byte 20, byte 10 was due/],
    ['an overlap', [frame(1, 0, 10, 100), frame(1, 5, 10, 100)], /byte 5, byte 10 was due/],
    ['a middle first', [frame(1, 10, 10, 100)], /byte 10, byte 0 was due/],
    ['another message', [frame(1, 0, 10, 100), frame(2, 10, 10, 100)], /message 2 came where message 1/],
    ['a run past the end', [frame(1, 0, 10, 9)], /runs past its 9 bytes/],
    ['a changed length', [frame(1, 0, 10, 100), frame(1, 10, 10, 50)], /changed its length/],
  ])('refuses %s', (_name, sequence, text) => {
    const assembler = new MessageAssembler();
    expect(() => {
      for (const part of sequence) assembler.push(part, 1, 1000);
    }).toThrow(text);
  });
});
