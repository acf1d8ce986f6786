/**
 * A channel bound to one agreement: every message carries the session's name and its place in the sequence, and is
 * parsed by a schema before anything reads it. What does not fit ends the run on both sides.
 */
import { z } from 'zod';
import { type Channel, ChannelClosed, ChannelRestarted, type Message } from '../channel/channel.ts';
import { checkedMessage } from '../parsing/checked.ts';
import { WorkerStopped } from '../threads/lifeline.ts';

/** The peer sent something this protocol does not allow, here and now. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

const envelope = z.looseObject({ session: z.string(), sequence: z.int().min(0) });

export interface Received<Body> {
  readonly kind: string;
  readonly body: Body;
  readonly blobs: readonly Uint8Array[];
}

/** A step's message: its body's schema, and how many binary parts of how many bytes each. */
export interface StepSchema<Body> {
  readonly kind: string;
  readonly body: z.ZodType<Body>;
  /** Exact sizes of the binary parts, in order. */
  blobSizes(body: Body): readonly number[];
}

/** Shows a step in the browser's profiler, where end-to-end tests find it as well. */
function markStep(direction: 'send' | 'receive', kind: string): void {
  performance.mark(`blindjoin ${direction} ${kind}`);
}

export class Conversation {
  #sent = 0;
  #received = 0;
  /** A message that is waited for while something else goes on. */
  #ahead: Promise<Message> | undefined;

  readonly #session: string;

  /** `session`: the agreement's hash. */
  constructor(
    readonly channel: Channel,
    session: string,
  ) {
    this.#session = session;
  }

  send(kind: string, body: Record<string, unknown>, blobs: readonly Uint8Array[] = []): Promise<void> {
    markStep('send', kind);
    return this.channel.send({ kind, body: { ...body, session: this.#session, sequence: this.#sent++ }, blobs });
  }

  /**
   * The next message, which must be of one of these steps.
   * @throws `ProtocolError`, or `ChannelClosed` from the channel
   */
  async expect<Body>(...steps: readonly StepSchema<Body>[]): Promise<Received<Body>> {
    const message = await (this.#ahead ?? this.channel.receive());
    this.#ahead = undefined;
    const expected = steps.map((step) => step.kind).join(' or ');
    const step = steps.find(({ kind }) => kind === message.kind);
    if (!step) throw new ProtocolError(`the other side sent "${message.kind.slice(0, 40)}" where ${expected} was due`);
    return this.#parse(step, message);
  }

  /**
   * Waits for something that no message brings about, such as a person.
   * @throws where the channel ends meanwhile
   */
  meanwhile<T>(work: Promise<T>): Promise<T> {
    this.#ahead ??= this.channel.receive();
    return Promise.race([work, this.#ahead.then(() => work)]);
  }

  #parse<Body>(step: StepSchema<Body>, message: Message): Received<Body> {
    const head = checkedMessage(envelope, message.body);
    if ('problem' in head) throw new ProtocolError(`the message ${step.kind} names no session`);
    const { session, sequence, ...rest } = head.data;
    if (session !== this.#session) throw new ProtocolError(`the message ${step.kind} belongs to another session`);
    if (sequence !== this.#received) {
      throw new ProtocolError(`the message ${step.kind} is number ${sequence}, but number ${this.#received} was due`);
    }
    this.#received++;
    const body = checkedMessage(step.body, rest);
    if ('problem' in body) throw new ProtocolError(`the message ${step.kind} is malformed: ${body.problem}`);
    const sizes = step.blobSizes(body.data);
    if (message.blobs.length !== sizes.length || message.blobs.some((blob, i) => blob.byteLength !== sizes[i])) {
      throw new ProtocolError(`the message ${step.kind} has parts of other sizes than agreed`);
    }
    markStep('receive', step.kind);
    return { kind: step.kind, body: body.data, blobs: message.blobs };
  }
}

/** What was wrong with what the other side sent. Other errors can hold what a row or a record says, and stay here. */
const isOfTheirs = (error: unknown) =>
  error instanceof Error && ['ProtocolError', 'WireFormatError', 'SealError'].includes(error.name);

/** What the other side is told of an error of this page's own. */
const ownWords = (error: unknown) =>
  error instanceof WorkerStopped
    ? 'a worker stopped there'
    : 'the page there could not go on, and says to its person why';

/** One side of a run. */
export interface Side<T> {
  /**
   * Goes from where the run stands to its end, over this channel.
   * @throws `ChannelRestarted` where the other page was reloaded
   */
  proceed(channel: Channel): Promise<T>;
  /** Waits until nothing that `proceed` began is under way any more. */
  settle(): Promise<void>;
}

/**
 * Runs one side of the protocol, over one channel after the other where the other page is reloaded, and sees to its end: an
 * abort or an error closes the channel, with the reason told to the other side. Errors of SEAL (malformed ciphertexts) come
 * out as `ProtocolError`.
 */
export async function conduct<T>(first: Channel, signal: AbortSignal, begin: () => Promise<Side<T>>): Promise<T> {
  let channel = first;
  const cancel = () => {
    void channel.close({ code: 'cancelled', message: 'The run was cancelled on the other side.' });
  };
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  try {
    const side = await begin();
    for (;;) {
      try {
        return await side.proceed(channel);
      } catch (error) {
        if (!(error instanceof ChannelRestarted)) throw error;
        await side.settle();
        channel = error.next;
        if (signal.aborted) cancel();
      }
    }
  } catch (error) {
    if (error instanceof ChannelClosed) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const told = isOfTheirs(error) ? message : ownWords(error);
    // Not waited for: with the line down the farewell may take minutes, and the person is to know now.
    void channel.close({ code: 'protocol-error', message: `The run ended with an error: ${told}` });
    throw error instanceof ProtocolError ? error : new ProtocolError(message, { cause: error });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
