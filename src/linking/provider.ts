/** A data provider of a room, facing the linkage unit. It sends CLKs, and compares the secret with those of others. */
import { type Channel, ChannelClosed, type CloseReason } from '../channel/channel.ts';
import { t } from '../words/translate.ts';
import { type ClkUpload, sendUpload } from './clk-upload.ts';
import { LinkingError } from './linking-error.ts';
import { fromUnit, MAX_MESSAGE_BYTES, onlyBlob, type Parsed, parseMessage, type Status } from './messages.ts';
import { decodeProject, encodeProject, type Project } from './project.ts';
import { type ProviderResult, ResultReceiver } from './result-transfer.ts';
import { SAID, said, saidByPeer } from './said.ts';
import { SecretChecks, type SecretVerdict } from './secret-checks.ts';

export type UploadState =
  | { readonly kind: 'none' }
  | { readonly kind: 'sending'; readonly share: number; readonly rows: number }
  | { readonly kind: 'sent'; readonly rows: number };

export interface ProviderState {
  readonly project: Project | undefined;
  readonly status: Status | undefined;
  readonly upload: UploadState;
  /** By provider, from 1: whether it made its CLKs with the same secret. */
  readonly secrets: ReadonlyMap<number, SecretVerdict>;
  /** By run. */
  readonly results: ReadonlyMap<number, ProviderResult>;
  /** Why the room is over for this provider. */
  readonly ended:
    | { readonly code: CloseReason['code']; readonly message: string; readonly byPeer: boolean }
    | undefined;
}

export interface ProviderOptions {
  /** From 1. */
  readonly number: number;
  /** Digest of the project, from the link. */
  readonly digest: string;
  /** Where this page made it, and is to send it. */
  readonly project?: Project;
  readonly onChange: (state: ProviderState) => void;
}

export class Provider {
  #current: ProviderState;
  readonly #receivers = new Map<number, ResultReceiver>();
  #abort: AbortController | undefined;
  #everSent = false;
  readonly #checks: SecretChecks;

  readonly #channel: Channel;
  readonly #options: ProviderOptions;

  constructor(channel: Channel, options: ProviderOptions) {
    this.#channel = channel;
    this.#options = options;
    this.#current = {
      project: options.project,
      status: undefined,
      upload: { kind: 'none' },
      secrets: new Map(),
      results: new Map(),
      ended: undefined,
    };
    this.#checks = new SecretChecks(options.number, options.digest, (message) => {
      // A room that has ended says so by itself.
      channel.send(message).catch(() => {});
    });
  }

  get state(): ProviderState {
    return this.#current;
  }

  /** Takes what the linkage unit sends until the room is over. Never rejects: the state says how it ended. */
  async run(): Promise<void> {
    const channel = this.#channel;
    const options = this.#options;
    channel.setReceiveLimit(MAX_MESSAGE_BYTES);
    try {
      if (options.project) {
        await channel.send({ kind: 'project', body: {}, blobs: [encodeProject(options.project)] });
      }
      for (;;) this.#take(parseMessage(fromUnit, await channel.receive()));
    } catch (error) {
      if (error instanceof ChannelClosed) {
        const { code, message } = error.reason;
        this.#end(code, error.byPeer ? saidByPeer(message) : message, error.byPeer);
        return;
      }
      const why = error instanceof Error ? error.message : String(error);
      const message = said(SAID.unfitUnit, { reason: why });
      this.#end('protocol-error', message, false);
      await channel.close({ code: 'protocol-error', message: message.slice(0, 500) });
    }
  }

  /**
   * Sends CLKs to the linkage unit.
   * @param secret they were made with: compared with those of the other providers, and sent to nobody
   * @throws LinkingError when they do not fit the project; ChannelClosed when the room ended; AbortError when cancelled
   */
  async upload(upload: ClkUpload, secret: string): Promise<void> {
    const { rows } = upload.clks;
    if (this.#current.upload.kind !== 'none')
      throw new LinkingError(t('CLKs were sent already. Take them back first.'));
    const abort = new AbortController();
    this.#abort = abort;
    this.#everSent = true;
    this.#checks.use(secret);
    this.#update({ upload: { kind: 'sending', share: 0, rows }, secrets: this.#checks.verdicts });
    const onProgress = (share: number) => {
      if (!abort.signal.aborted) this.#update({ upload: { kind: 'sending', share, rows } });
    };
    await sendUpload(this.#channel, upload, { signal: abort.signal, onProgress });
    abort.signal.throwIfAborted();
    this.#update({ upload: { kind: 'sent', rows } });
  }

  /** Stops an upload, or takes a finished one back: the linkage unit forgets the CLKs. */
  async withdraw(): Promise<void> {
    this.#abort?.abort();
    this.#checks.use(undefined);
    this.#update({ upload: { kind: 'none' }, secrets: this.#checks.verdicts });
    await this.#channel.send({ kind: 'withdraw', body: {}, blobs: [] });
  }

  /** Ends the project for everybody; only the provider who made it can. */
  async deleteProject(): Promise<void> {
    await this.#channel.send({ kind: 'delete-project', body: {}, blobs: [] });
  }

  /** Leaves the room and takes the CLKs back. */
  async leave(): Promise<void> {
    this.#abort?.abort();
    const message = said(SAID.left, { number: this.#options.number });
    await this.#channel.close({ code: 'cancelled', message });
  }

  #take(message: Parsed<typeof fromUnit>): void {
    switch (message.kind) {
      case 'project':
        if (this.#current.project) throw new LinkingError('The project came a second time');
        this.#update({
          project: this.#checked(decodeProject(onlyBlob(message.kind, message.blobs), this.#options.digest)),
        });
        return;
      case 'status':
        this.#update({ status: message.body });
        return;
      case 'result': {
        const { run } = message.body;
        const { project } = this.#current;
        if (!project || !this.#everSent) throw new LinkingError('A result came before CLKs were sent');
        if (this.#receivers.has(run) || this.#current.results.has(run)) throw new LinkingError('A result came twice');
        const expected = project.resultType === 'permutations and mask' ? 'permutation' : project.resultType;
        if (message.body.type !== expected) throw new LinkingError('A result is of another type than the project says');
        const { number } = this.#options;
        const bounds = { providers: project.providers, own: number - 1 };
        this.#receivers.set(run, new ResultReceiver(message.body, bounds));
        this.#finish(run);
        return;
      }
      case 'result-part': {
        const receiver = this.#receivers.get(message.body.run);
        if (!receiver) throw new LinkingError('A part of a result came without a result');
        receiver.take(message.body.first, message.blobs);
        this.#finish(message.body.run);
        return;
      }
      case 'secret-begin':
      case 'secret-offer':
      case 'secret-answer':
      case 'secret-proof':
        this.#checks.take(message);
        this.#update({ secrets: this.#checks.verdicts });
        return;
      case 'run-deleted': {
        this.#receivers.delete(message.body.run);
        const results = new Map(this.#current.results);
        results.delete(message.body.run);
        this.#update({ results });
        return;
      }
    }
  }

  #checked(project: Project): Project {
    if (project.providers < this.#options.number)
      throw new LinkingError('The project has fewer data providers than links');
    return project;
  }

  #finish(run: number): void {
    const receiver = this.#receivers.get(run);
    if (!receiver?.complete) return;
    this.#receivers.delete(run);
    const result = receiver.finish();
    const { upload, results } = this.#current;
    // Of CLKs that were taken back in the meantime.
    if (upload.kind !== 'sent' || upload.rows !== receiver.rows) return;
    this.#update({ results: new Map(results).set(run, result) });
  }

  #end(code: CloseReason['code'], message: string, byPeer: boolean): void {
    this.#abort?.abort();
    this.#receivers.clear();
    // Results stay: they are this provider's own. After a deletion they go, as everybody was told.
    const results = code === 'finished' ? new Map<number, ProviderResult>() : this.#current.results;
    this.#update({ ended: { code, message, byPeer }, results });
  }

  #update(change: Partial<ProviderState>): void {
    this.#current = { ...this.#current, ...change };
    this.#options.onChange(this.#current);
  }
}
