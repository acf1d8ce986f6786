import { type Channel, ChannelClosed } from '../channel/channel.ts';
import type { Status } from './messages.ts';

/** Sends to one provider, one thing after another; of statuses that pile up only the last. */
export class SendQueue {
  #last: Promise<void> = Promise.resolve();
  #status: (() => Status) | undefined;

  readonly #onTrouble: (error: unknown) => void;

  constructor(
    readonly channel: Channel,
    onTrouble: (error: unknown) => void,
  ) {
    this.#onTrouble = onTrouble;
  }

  /** Does `work` after what is under way. Once the channel has ended nothing is done. */
  post(work: (channel: Channel) => Promise<void>): void {
    this.#last = this.#last
      .then(() => work(this.channel))
      .catch((error: unknown) => {
        if (!(error instanceof ChannelClosed)) this.#onTrouble(error);
      });
  }

  /** Sends the status as it is when its turn comes. */
  postStatus(status: () => Status): void {
    const waiting = this.#status !== undefined;
    this.#status = status;
    if (waiting) return;
    this.post(async (channel) => {
      const latest = this.#status;
      this.#status = undefined;
      if (latest) await channel.send({ kind: 'status', body: latest(), blobs: [] });
    });
  }

  /** Resolves when everything posted so far is sent, or nothing can be sent any more. */
  settled(): Promise<void> {
    return this.#last;
  }
}
