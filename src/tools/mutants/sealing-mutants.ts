/** Sealed frames: what somebody sees and may do who got past the browser's own encryption. */
import type { Mutant } from './mutant.ts';

const sealed = (name: string) => ({
  file: 'src/channel/sealed-transport.ts',
  test: { file: 'src/channel/sealed-transport.test.ts', name },
});
const VECTORS = 'src/net/frame-vectors.test.ts';

export const SEALING_MUTANTS: readonly Mutant[] = [
  {
    file: 'src/channel/sealed-frame.ts',
    name: 'a nonce that stays the same',
    before: 'view.setUint32(NUMBER_AT + 2, number % 2 ** 32);',
    after: '',
    gives: 'The difference of any two frames, and the key that authenticates them',
    test: { file: VECTORS, name: 'seals frame 1 of' },
  },
  {
    file: 'src/channel/sealed-frame.ts',
    name: 'a nonce that comes again after 2^32 frames',
    before: 'view.setUint16(NUMBER_AT, Math.floor(number / 2 ** 32));',
    after: '',
    gives: 'The difference of two frames of a very long run',
    test: { file: VECTORS, name: 'seals frame 4294967303 of' },
  },
  {
    ...sealed('show nothing but their lengths and numbers'),
    name: 'numbers that do not count',
    before: 'const number = this.#sent++;',
    after: 'const number = this.#sent;',
    gives: 'The difference of any two frames, and the key that authenticates them',
  },
  {
    ...sealed('show nothing but their lengths and numbers'),
    name: 'short frames in the clear',
    before: 'this.#inner.send(sealFrameAtOnce(this.#keys.send, number, frame));',
    after: 'this.#inner.send(frame);',
    gives: 'Whoever sits in the middle reads the agreement',
  },
  {
    ...sealed('show nothing but their lengths and numbers'),
    name: 'long frames in the clear',
    before: 'this.#inner.send(bytes);',
    after: 'this.#inner.send(frame);',
    gives: 'Whoever sits in the middle reads the run',
  },
  {
    ...sealed('that come again are forged'),
    name: 'frames that come again',
    before: 'if (number < this.#due) throw',
    after: 'if (number < 0) throw',
    gives: 'Whoever sits in the middle says again what was said',
  },
  {
    ...sealed('of which one is left out end the connection'),
    name: 'frames that are left out',
    before: 'if (number > this.#due) {',
    after: 'if (number > this.#due + 1e9) {',
    gives: 'Whoever sits in the middle leaves out what they like',
  },
  {
    ...sealed('that come back to their sender are forged'),
    name: 'frames opened with the key they were sealed with',
    before: "importFrameKey(keys.receive, 'decrypt')",
    after: "importFrameKey(keys.send, 'decrypt')",
    gives: 'A page is talked to with its own words',
  },
  {
    ...sealed('that were changed in any byte are forged'),
    name: 'forged frames are taken for lost ones',
    before: 'this.#listener?.onForged?.();',
    after: 'this.#end();',
    gives: 'Whoever sits in the middle tries without anybody being told',
  },
  {
    file: 'src/channel/resumable-channel.ts',
    name: 'a session that goes on after a forged frame',
    slow: true,
    before: 'onForged: () => this.#link === link && this.#fail(FORGED),',
    after: 'onForged: () => {},',
    gives: 'Whoever sits in the middle tries without anybody being told',
    test: {
      file: 'src/channel/sealed-transport.test.ts',
      name: 'ends on both sides where somebody changes a frame, and says what to do',
    },
  },
];
