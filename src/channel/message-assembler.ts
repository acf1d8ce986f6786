import { type DataFrame, FrameError } from './frames.ts';

/** Puts one message at a time together from its data frames, and lets nothing in out of turn. */
export class MessageAssembler {
  #message: Uint8Array | undefined;
  #filled = 0;

  /** Forgets a message begun on a connection that is gone. */
  reset(): void {
    this.#message = undefined;
    this.#filled = 0;
  }

  /**
   * Takes the next frame of message `expected`; returns the message once it is whole.
   * @param limit largest message accepted, bytes; looked at before memory is taken.
   * @throws FrameError when the frame is of another message, too large, out of order or overlapping.
   */
  push(frame: DataFrame, expected: number, limit: number): Uint8Array | undefined {
    if (frame.number !== expected) {
      throw new FrameError(`Data frame of message ${frame.number} came where message ${expected} was due`);
    }
    if (frame.total > limit) {
      throw new FrameError(`Message ${frame.number} has ${frame.total} bytes; at most ${limit} are accepted here`);
    }
    if (frame.offset !== this.#filled) {
      throw new FrameError(`Message ${frame.number} goes on at byte ${frame.offset}, byte ${this.#filled} was due`);
    }
    const end = frame.offset + frame.bytes.byteLength;
    if (end > frame.total) throw new FrameError(`Message ${frame.number} runs past its ${frame.total} bytes`);
    this.#message ??= new Uint8Array(frame.total);
    if (this.#message.byteLength !== frame.total) {
      throw new FrameError(
        `Message ${frame.number} changed its length from ${this.#message.byteLength} to ${frame.total}`,
      );
    }
    this.#message.set(frame.bytes, frame.offset);
    this.#filled = end;
    if (end < frame.total) return undefined;
    const whole = this.#message;
    this.reset();
    return whole;
  }
}
