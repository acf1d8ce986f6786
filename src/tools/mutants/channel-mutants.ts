/** Frames and messages: what is looked at before it is taken. */
import type { Mutant } from './mutant.ts';

const FRAMES = 'src/channel/frames.test.ts';
const assembler = {
  file: 'src/channel/message-assembler.ts',
  gives: 'A peer writes over parts of messages, or puts one together that was never sent',
};

export const CHANNEL_MUTANTS: readonly Mutant[] = [
  {
    ...assembler,
    name: 'a message of any length',
    before: 'if (frame.total > limit) {',
    after: 'if (frame.total > 0xffff_ffff) {',
    gives: 'One frame takes 4 GB of memory',
    test: { file: FRAMES, name: 'looks at the length before it takes memory' },
  },
  {
    ...assembler,
    name: 'frames in any order',
    before: 'if (frame.offset !== this.#filled) {',
    after: 'if (frame.offset < this.#filled) {',
    test: { file: FRAMES, name: 'refuses a gap' },
  },
  {
    ...assembler,
    name: 'frames that overlap',
    before: 'if (frame.offset !== this.#filled) {',
    after: 'if (frame.offset > this.#filled) {',
    test: { file: FRAMES, name: 'refuses an overlap' },
  },
  {
    ...assembler,
    name: 'frames of another message',
    before: 'if (frame.number !== expected) {',
    after: 'if (frame.number < expected) {',
    test: { file: FRAMES, name: 'refuses another message' },
  },
  {
    ...assembler,
    name: 'a length that changes',
    before: 'if (this.#message.byteLength !== frame.total) {',
    after: 'if (this.#message.byteLength < frame.total) {',
    test: { file: FRAMES, name: 'refuses a changed length' },
  },
  {
    ...assembler,
    name: 'a part past the end',
    before: 'if (end > frame.total) throw new FrameError',
    after: 'if (end > frame.total + 1e9) throw new FrameError',
    test: { file: FRAMES, name: 'refuses a run past the end' },
  },
  {
    file: 'src/channel/frames.ts',
    name: 'a frame of any length',
    before: 'if (bytes.byteLength > FRAME_BYTES) {',
    after: 'if (bytes.byteLength > 1e9) {',
    gives: 'A peer fills memory frame by frame',
    test: { file: FRAMES, name: 'that break a rule are refused with the rule' },
  },
  {
    file: 'src/channel/frames.ts',
    name: 'a farewell of any length',
    before: 'if (content.byteLength > MAX_BYE_BYTES) throw',
    after: 'if (content.byteLength > 1e9) throw',
    gives: "A peer fills the other person's screen",
    test: { file: FRAMES, name: 'that break a rule are refused with the rule' },
  },
  {
    file: 'src/channel/message-codec.ts',
    name: 'bodies of any depth',
    before: 'if (!depthWithin(value, MAX_DEPTH + 1))',
    after: 'if (!depthWithin(value, 1e9))',
    gives: 'A nested message ends the page',
    test: { file: FRAMES, name: 'refuses bodies nested too deep' },
  },
  {
    file: 'src/channel/message-codec.ts',
    name: 'blobs past the end of their message',
    before: 'if (total !== bytes.byteLength) {',
    after: 'if (total < bytes.byteLength) {',
    gives: 'Blobs are shorter than they say, and are read as if they were whole',
    test: { file: FRAMES, name: 'refuses blobs of other lengths than its header says' },
  },
];
