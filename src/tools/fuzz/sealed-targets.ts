/** What reads the wire of a verified connection: whoever holds it may write anything there, without the keys. */
import { ForgedFrame, importFrameKey, openFrame, sealFrameAtOnce } from '../../channel/sealed-frame.ts';
import { SealedTransport } from '../../channel/sealed-transport.ts';
import type { Transport, TransportListener } from '../../channel/transport.ts';
import type { Target } from './fuzzer.ts';
import { hostileBytes, joinRecords, splitRecords } from './inputs.ts';

const KEY = new Uint8Array(32).fill(7);
const key = importFrameKey(KEY, 'decrypt');
const NUMBERS = [0, 1, 2, 2 ** 32, 2 ** 48 - 1];
const plain = (number: number) => Uint8Array.from({ length: 40 }, (_, i) => (number + i) % 256);
const seal = (number: number) => sealFrameAtOnce(KEY, number, plain(number));
const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);

const frames: Target = {
  name: 'sealed frames',
  inputs: hostileBytes(NUMBERS.map(seal)),
  errors: [ForgedFrame],
  async read(input) {
    const { number, frame } = await openFrame(await key, input);
    if (!NUMBERS.includes(number) || !same(frame, plain(number))) throw new Error('opened what nobody sealed');
  },
};

/** The wire, which says what the input says. */
class Wire implements Transport {
  readonly bufferedAmount = 0;
  listener: TransportListener | undefined;
  send(): void {}
  close(): void {}
  listen(listener: TransportListener): void {
    this.listener = listener;
  }
}

const IN_ORDER = [0, 1, 2, 3];

const connection: Target = {
  name: 'sealed connections',
  inputs: hostileBytes([joinRecords(IN_ORDER.map(seal)), joinRecords([seal(0), seal(0), seal(1), seal(3)])]),
  errors: [],
  async read(input) {
    const wire = new Wire();
    const own = new SealedTransport(wire, { send: KEY, receive: KEY });
    let due = 0;
    let wrong = false;
    await new Promise<void>((resolve) => {
      own.listen({
        onFrame(frame) {
          wrong ||= !same(frame, plain(due++));
        },
        onDrain() {},
        onClose: resolve,
        onForged() {},
      });
      for (const record of splitRecords(input)) wire.listener?.onFrame(record);
      wire.listener?.onClose();
    });
    if (wrong) throw new Error('handed on what was not sent, or in another order');
  },
};

export const sealedTargets: readonly Target[] = [frames, connection];
