/** The computing of runs on a linkage unit's page, which can have the queue of its own server compare. */
import { type Channel, ChannelClosed } from '../channel/channel.ts';
import { type Socket, SocketTransport } from '../channel/socket-transport.ts';
import type { ProbabilisticOptions } from '../compare/probabilistic-solver.ts';
import { type ClkUpload, sendUpload } from './clk-upload.ts';
import { areBlocked, type EngineControl, type LinkageEngine, MAX_PAIRS, tooManyPairs } from './linkage-engine.ts';
import { LinkingError } from './linking-error.ts';
import { type Parsed, parseMessage } from './messages.ts';
import { fromQueueServer } from './queue-messages.ts';
import { proveAsPage, readQueueToken } from './queue-proof.ts';
import { ResultReceiver } from './result-transfer.ts';
import type { Groups, Permutations, ScoredPairs } from './run-result.ts';
import { SAID, said } from './said.ts';

/** How a page stands to the queue of its server. */
export interface QueueState {
  readonly use: 'off' | 'asking' | 'on';
  /** Workers that waited on the queue when it was last heard of. */
  readonly workers: number;
  /** Comparisons a second of the run that is under way. */
  readonly rate?: number;
  /** What the server, or this page, has to say. */
  readonly words?: string;
}

export const QUEUE_OFF: QueueState = { use: 'off', workers: 0 };

/** Of a run, the share of handing the CLKs over. */
const HANDING_OVER = 0.1;
const FINISHED = { code: 'finished', message: 'The page has what it wanted.' } as const;

type FromServer = Parsed<typeof fromQueueServer>;

const outOfTurn = (kind: string): LinkingError => new LinkingError(said(SAID.queueOutOfTurn, { kind }));

const takeFrom = async (channel: Channel): Promise<FromServer> =>
  parseMessage(fromQueueServer, await channel.receive());

/** @throws LinkingError for pairs that are none of the run's */
function checkScores(pairs: ScoredPairs, uploads: readonly ClkUpload[], threshold: number): void {
  const isRow = (party: number | undefined, row: number | undefined): boolean =>
    (row ?? 0) < (uploads[party ?? -1]?.clks.rows ?? 0);
  const { firstParty, firstRow, secondParty, secondRow, similarity } = pairs;
  for (let i = 0; i < similarity.length; i++) {
    const fits =
      (firstParty[i] ?? 0) < (secondParty[i] ?? 0) &&
      isRow(firstParty[i], firstRow[i]) &&
      isRow(secondParty[i], secondRow[i]) &&
      (similarity[i] ?? 0) >= threshold &&
      (i === 0 || (similarity[i] ?? 0) <= (similarity[i - 1] ?? 0));
    if (!fits) throw new LinkingError(SAID.queueWrongPairs);
  }
}

/** Compares where it is told to; what comes after comparing happens on the page. */
export class QueueEngine implements LinkageEngine {
  #token: Uint8Array | undefined;
  #state = QUEUE_OFF;

  readonly #local: LinkageEngine;
  readonly #openSocket: () => Socket;
  readonly #onChange: (state: QueueState) => void;

  /**
   * @param local compares while no queue is used
   * @param openSocket to the server that serves the page
   */
  constructor(local: LinkageEngine, openSocket: () => Socket, onChange: (state: QueueState) => void) {
    this.#local = local;
    this.#openSocket = openSocket;
    this.#onChange = onChange;
  }

  /** Uses the queue from the next run on, if the server proves that it knows the token. Never rejects: the state tells. */
  async use(token: string): Promise<void> {
    this.#change({ use: 'asking', workers: 0 });
    try {
      const bytes = readQueueToken(token);
      const { channel, workers } = await this.#connect(bytes);
      void channel.close(FINISHED);
      this.#token = bytes;
      this.#change({ use: 'on', workers });
    } catch (error) {
      this.#change({ ...QUEUE_OFF, words: asLinkingError(error).message });
    }
  }

  /** Compares on the page again, from the next run on. */
  stopUsing(): void {
    this.#token = undefined;
    this.#change(QUEUE_OFF);
  }

  async compare(uploads: readonly ClkUpload[], threshold: number, control: EngineControl): Promise<ScoredPairs> {
    const token = this.#token;
    if (!token) return this.#local.compare(uploads, threshold, control);
    const { signal } = control;
    signal.throwIfAborted();
    const { channel } = await this.#connect(token);
    const stop = () => void channel.close({ code: 'cancelled', message: 'The run was stopped.' });
    signal.addEventListener('abort', stop);
    try {
      signal.throwIfAborted();
      await handOver(channel, uploads, threshold, control);
      const pairs = await this.#takeScores(channel, uploads, threshold, control);
      checkScores(pairs, uploads, threshold);
      return pairs;
    } catch (error) {
      throw signal.aborted ? signal.reason : asLinkingError(error);
    } finally {
      signal.removeEventListener('abort', stop);
      void channel.close(FINISHED);
      this.#change({ use: this.#state.use, workers: this.#state.workers });
    }
  }

  solve(pairs: ScoredPairs, control: EngineControl, probabilistic?: ProbabilisticOptions): Promise<Groups> {
    return this.#local.solve(pairs, control, probabilistic);
  }

  permute(groups: Groups, sizes: readonly number[], control: EngineControl): Promise<Permutations> {
    return this.#local.permute(groups, sizes, control);
  }

  async #connect(token: Uint8Array): Promise<{ readonly channel: Channel; readonly workers: number }> {
    const socket = this.#openSocket();
    const transport = new SocketTransport(socket);
    await new Promise<void>((resolve) => {
      for (const event of ['open', 'close', 'error'] as const) socket.addEventListener(event, resolve);
    });
    const channel = await proveAsPage(transport, token);
    const message = await takeFrom(channel);
    if (message.kind !== 'ready') throw outOfTurn(message.kind);
    return { channel, workers: message.body.workers };
  }

  async #takeScores(
    channel: Channel,
    uploads: readonly ClkUpload[],
    threshold: number,
    { onProgress }: EngineControl,
  ): Promise<ScoredPairs> {
    let receiver: ResultReceiver | undefined;
    while (!receiver?.complete) {
      const message = await takeFrom(channel);
      if (message.kind === 'progress' && !receiver) {
        const { done, workers, rate } = message.body;
        onProgress(HANDING_OVER + (1 - HANDING_OVER) * done);
        this.#change({ use: this.#state.use, workers, rate });
      } else if (message.kind === 'said') {
        this.#change({ ...this.#state, words: message.body.sentence });
      } else if (message.kind === 'result' && !receiver) {
        if (message.body.type !== 'similarity scores') throw new LinkingError(SAID.queueNoScores);
        if (message.body.entries > MAX_PAIRS) throw tooManyPairs(MAX_PAIRS, threshold);
        receiver = new ResultReceiver(message.body, { providers: uploads.length, own: -1 });
      } else if (message.kind === 'result-part' && receiver) {
        receiver.take(message.body.first, message.blobs);
      } else throw outOfTurn(message.kind);
    }
    const result = receiver.finish();
    if (result.type !== 'similarity scores') throw new LinkingError(SAID.queueNoScores);
    return result.pairs;
  }

  #change(state: QueueState): void {
    this.#state = state;
    this.#onChange(state);
  }
}

async function handOver(
  channel: Channel,
  uploads: readonly ClkUpload[],
  threshold: number,
  { signal, onProgress }: EngineControl,
): Promise<void> {
  const body = {
    threshold,
    providers: uploads.length,
    bytesPerClk: uploads[0]?.clks.bytesPerClk ?? 0,
    blocks: areBlocked(uploads),
  };
  await channel.send({ kind: 'run', body, blobs: [] });
  for (const [i, upload] of uploads.entries()) {
    await sendUpload(channel, upload, {
      signal,
      onProgress: (share) => onProgress((HANDING_OVER * (i + share)) / uploads.length),
    });
  }
}

function asLinkingError(error: unknown): Error {
  if (error instanceof ChannelClosed) return new LinkingError(error.reason.message);
  return error instanceof Error ? error : new LinkingError(String(error));
}
