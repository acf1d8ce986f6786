/** The linkage unit of a room: takes CLKs, computes runs, gives each what it is entitled to. */
import { type Channel, ChannelClosed } from '../channel/channel.ts';
import { type ClkUpload, UploadReceiver } from './clk-upload.ts';
import type { LinkageEngine } from './linkage-engine.ts';
import { LinkingError } from './linking-error.ts';
import { fromProvider, MAX_MESSAGE_BYTES, onlyBlob, type Parsed, parseMessage, type Status } from './messages.ts';
import { bytesPerClk, decodeProject, encodeProject, type Project } from './project.ts';
import { sendResult } from './result-transfer.ts';
import type { SharedOut } from './run-result.ts';
import { SAID, said, saidByPeer } from './said.ts';
import { SecretPairs } from './secret-pairs.ts';
import { SendQueue } from './send-queue.ts';
import { messageOf, type RunHost, type RunOptions, UnitRuns } from './unit-runs.ts';
import type { ProviderView, UnitState } from './unit-state.ts';

export interface UnitOptions {
  /** Number of data providers. */
  readonly providers: number;
  /** Digest of the project, from the link. */
  readonly digest: string;
  /** Where this page made it; otherwise provider 1 sends it. */
  readonly project?: Project;
  readonly engine: LinkageEngine;
  readonly onChange: (state: UnitState) => void;
}

interface Provider {
  presence: ProviderView['presence'];
  queue: SendQueue | undefined;
  receiver: UploadReceiver | undefined;
  upload: ClkUpload | undefined;
  message: string | undefined;
}

/** The provider whose page made the project, unless the linkage unit's did. */
const COORDINATOR = 0;

export class LinkageUnit {
  #project: Project | undefined;
  readonly #providers: readonly Provider[];
  readonly #runs: UnitRuns;
  readonly #secrets: SecretPairs;
  #ended: string | undefined;

  readonly #options: UnitOptions;

  constructor(options: UnitOptions) {
    this.#options = options;
    this.#project = options.project;
    this.#providers = Array.from({ length: options.providers }, () => ({
      presence: 'awaited',
      queue: undefined,
      receiver: undefined,
      upload: undefined,
      message: undefined,
    }));
    this.#secrets = new SecretPairs((number, message) => {
      this.#providers[number - 1]?.queue?.post((channel) => channel.send(message));
    });
    this.#runs = new UnitRuns({
      engine: options.engine,
      ready: () => this.#ready(),
      changed: () => this.#changed(),
      giveOut: (run, results, sizes) => this.#giveOut(run, results, sizes),
    });
  }

  get state(): UnitState {
    return {
      project: this.#project,
      providers: this.#providers.map(({ presence, receiver, upload, message }) => ({
        presence,
        uploaded: upload ? 1 : Math.min(0.999, receiver?.done ?? 0),
        rows: upload?.clks.rows,
        message,
      })),
      runs: this.#runs.views,
      secrets: this.#secrets.states,
      ended: this.#ended,
    };
  }

  /**
   * Serves one provider over its channel until that ends. Never rejects: whatever goes wrong ends this channel only.
   * @param number of the provider, from 1
   */
  async serve(number: number, channel: Channel): Promise<void> {
    const provider = this.#providers[number - 1];
    if (provider === undefined || provider.queue !== undefined || this.#ended !== undefined) {
      await channel.close({ code: 'declined', message: this.#ended ?? SAID.here });
      return;
    }
    channel.setReceiveLimit(MAX_MESSAGE_BYTES);
    provider.presence = 'here';
    provider.queue = new SendQueue(channel, (error) => void this.#refuse(number, channel, error));
    if (this.#project) this.#postProject(provider.queue, this.#project);
    this.#changed();
    try {
      for (;;) this.#take(number, provider, parseMessage(fromProvider, await channel.receive()));
    } catch (error) {
      if (error instanceof ChannelClosed) this.#lose(number, provider, error);
      else await this.#refuse(number, channel, error);
    }
  }

  /**
   * Adds a run; it waits for missing CLKs and for the runs before it.
   * @returns its number
   * @throws LinkingError when a threshold is none, or there are too many runs
   */
  startRun(options: RunOptions): number {
    return this.#runs.start(options);
  }

  /** Stops a run where it stands, forgets its result, and has providers forget theirs. */
  deleteRun(id: number): void {
    this.#runs.delete(id);
    for (const { queue } of this.#providers) {
      queue?.post((channel) => channel.send({ kind: 'run-deleted', body: { run: id }, blobs: [] }));
    }
    this.#changed();
  }

  /** Forgets CLKs and results, tells everybody, and ends the room. */
  deleteProject(): Promise<void> {
    return this.#end('finished', SAID.deleted);
  }

  /** The page is left. Providers keep the results they have. */
  leave(): Promise<void> {
    return this.#end('cancelled', SAID.unitLeft);
  }

  async #end(code: 'finished' | 'cancelled', message: string): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#ended = message;
    this.#runs.end(message);
    const channels = this.#providers.flatMap(({ queue }) => (queue ? [queue.channel] : []));
    for (const provider of this.#providers) {
      Object.assign(provider, { presence: 'gone', upload: undefined, receiver: undefined, queue: undefined });
    }
    this.#options.onChange(this.state);
    await Promise.all(channels.map((channel) => channel.close({ code, message })));
  }

  #take(number: number, provider: Provider, message: Parsed<typeof fromProvider>): void {
    const mayLead = number - 1 === COORDINATOR && this.#options.project === undefined;
    switch (message.kind) {
      case 'project':
        if (!mayLead || this.#project) throw new LinkingError('Only who made the project can send it, once');
        this.#takeProject(onlyBlob(message.kind, message.blobs));
        break;
      case 'delete-project':
        if (!mayLead) throw new LinkingError('Only who made the project, or the linkage unit, can delete it');
        void this.#end('finished', SAID.deletedByProvider);
        return;
      case 'withdraw':
        this.#forget(number, provider, said(SAID.withdrawn, { number }));
        break;
      case 'upload':
        if (!this.#project) throw new LinkingError('CLKs came before the project');
        if (provider.upload || provider.receiver) throw new LinkingError('CLKs were sent a second time');
        provider.receiver = new UploadReceiver(message.body, {
          bytesPerClk: bytesPerClk(this.#project),
          blocks: this.#project.blockingSchema !== undefined,
        });
        this.#secrets.join(number);
        break;
      case 'secret-offer':
      case 'secret-answer':
      case 'secret-proof':
        this.#secrets.take(number, message);
        return;
      case 'secret-verdict':
        this.#secrets.take(number, message);
        void this.#runs.compute();
        break;
      case 'clks':
        this.#receiving(provider).takeClks(message.body.first, onlyBlob(message.kind, message.blobs));
        this.#finishUpload(provider);
        break;
      case 'blocks':
        this.#receiving(provider).takeBlocks(message.body.first, message.body.rows, message.blobs);
        this.#finishUpload(provider);
        break;
    }
    this.#changed();
  }

  #takeProject(bytes: Uint8Array): void {
    const project = decodeProject(bytes, this.#options.digest);
    if (project.providers !== this.#providers.length) {
      throw new LinkingError('The project has another number of data providers than the link');
    }
    this.#project = project;
    for (const [i, { queue }] of this.#providers.entries()) {
      if (queue && i !== COORDINATOR) this.#postProject(queue, project);
    }
  }

  #postProject(queue: SendQueue, project: Project): void {
    queue.post((channel) => channel.send({ kind: 'project', body: {}, blobs: [encodeProject(project)] }));
  }

  #receiving({ receiver }: Provider): UploadReceiver {
    if (!receiver) throw new LinkingError('A part of an upload came without an upload');
    return receiver;
  }

  #finishUpload(provider: Provider): void {
    if (!provider.receiver?.complete) return;
    provider.upload = provider.receiver.finish();
    provider.receiver = undefined;
    void this.#runs.compute();
  }

  /** Drops what a provider uploaded; a run that computes with it fails. */
  #forget(number: number, provider: Provider, why: string): void {
    provider.receiver = undefined;
    this.#secrets.leave(number);
    if (!provider.upload) return;
    provider.upload = undefined;
    this.#runs.fail(why);
  }

  /** A connection that breaks keeps what came whole; who leaves takes it back. */
  #lose(number: number, provider: Provider, { reason, byPeer }: ChannelClosed): void {
    if (this.#ended !== undefined) return;
    provider.presence = 'gone';
    provider.receiver = undefined;
    provider.message = byPeer ? saidByPeer(reason.message) : reason.message;
    if (byPeer && reason.code !== 'connection-lost') this.#forget(number, provider, said(SAID.gone, { number }));
    else if (!provider.upload) this.#secrets.leave(number);
    void this.#runs.compute();
    this.#changed();
  }

  async #refuse(number: number, channel: Channel, error: unknown): Promise<void> {
    const provider = this.#providers[number - 1];
    const message = said(SAID.unfitProvider, { number, reason: messageOf(error) });
    if (provider && this.#ended === undefined) {
      Object.assign(provider, { presence: 'gone', message });
      this.#forget(number, provider, message);
      this.#changed();
    }
    await channel.close({ code: 'protocol-error', message });
  }

  #ready(): ReturnType<RunHost['ready']> {
    const uploads = this.#providers.flatMap(({ upload }) => (upload ? [upload] : []));
    if (!this.#project || uploads.length < this.#providers.length || this.#secretsHold()) return undefined;
    return { project: this.#project, uploads };
  }

  /** Runs wait for comparisons that can still come to an end, and where secrets differ. */
  #secretsHold(): boolean {
    const here = (number: number) => this.#providers[number - 1]?.presence === 'here';
    return this.#secrets.states.some(
      ({ providers, state }) => state === 'different' || (state === 'comparing' && providers.every(here)),
    );
  }

  #giveOut(run: number, results: SharedOut['providers'], sizes: readonly number[]): void {
    for (const [i, { queue }] of this.#providers.entries()) {
      const result = results[i];
      const rows = sizes[i];
      if (result === undefined || result.type === 'mask' || rows === undefined) continue;
      queue?.post(async (channel) => {
        // A run deleted in the meantime is not sent any more.
        if (this.#runs.has(run)) await sendResult(channel, run, result, rows);
      });
    }
  }

  /** Tells the page, and everybody in the room. */
  #changed(): void {
    if (this.#ended !== undefined) return;
    this.#options.onChange(this.state);
    for (const { queue } of this.#providers) queue?.postStatus(() => this.#status());
  }

  #status(): Status {
    const { providers, runs } = this.state;
    return {
      providers: providers.map(({ presence, uploaded }) => ({ presence, uploaded })),
      runs: runs.map(({ notes: _notes, result: _result, ...view }) => view),
    };
  }
}
