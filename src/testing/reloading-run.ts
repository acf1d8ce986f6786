/** Plays whole runs in which pages are reloaded, over channels in memory. */
import type { OwnerOutcome, ResearcherResult } from '../agreement/result.ts';
import type { Channel, Message } from '../channel/channel.ts';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import type { ResumableChannel } from '../channel/resumable-channel.ts';
import { yieldToPage } from '../channel/yield-to-page.ts';
import { runOwner } from '../protocol/owner.ts';
import type { OwnerInput } from '../protocol/owner-page.ts';
import { runResearcher } from '../protocol/researcher.ts';
import type { ResearcherInput } from '../protocol/researcher-page.ts';
import { type Kept, MemoryRunStore, type RunStore } from '../protocol/run-store.ts';
import type { SealTasks } from '../protocol/seal-port.ts';

type Role = 'researcher' | 'owner';
const other = (role: Role): Role => (role === 'owner' ? 'researcher' : 'owner');

/** Reloads a page at the nth time (from 1) that something happens, such as `owner sends bundle-answer` or `researcher keeps seen`. */
export interface Reload {
  readonly who: Role;
  readonly at: string;
  readonly nth: number;
}

export interface ReloadRun {
  readonly researcher: Omit<ResearcherInput, 'channel' | 'pool' | 'store'>;
  readonly owner: Omit<OwnerInput, 'channel' | 'pool' | 'store'>;
  /** Workers of a page; every page has its own. */
  newPool(role: Role): SealTasks;
  /** Wraps every channel. */
  wrap?(channel: Channel): Channel;
  /** What a page that was reloaded `lives` times takes for the other's message, undefined for none; for peers that lie. */
  rewrite?(role: Role, lives: number, message: Message): Message | undefined;
  readonly reloads: readonly Reload[];
}

export interface ReloadReport {
  readonly ends: [PromiseSettledResult<ResearcherResult>, PromiseSettledResult<OwnerOutcome>];
  /** What happened, in order. */
  readonly events: readonly string[];
  /** Everything the owner sent but positions. */
  readonly answers: readonly Message[];
}

const TURNS_OF_A_DISK = 4;

/** One page from its loading to its reload. */
interface Page {
  readonly lives: number;
  alive: boolean;
  session: ResumableChannel;
}

export async function playRun(run: ReloadRun): Promise<ReloadReport> {
  return new PlayedRun(run).play();
}

class PlayedRun {
  readonly #run: ReloadRun;
  readonly #events: string[] = [];
  readonly #answers: Message[] = [];
  readonly #reloads: Reload[];
  readonly #stores = { researcher: new MemoryRunStore(), owner: new MemoryRunStore() };
  readonly #pages: Partial<Record<Role, Page>> = {};
  readonly #ends = { researcher: withResolvers<ResearcherResult>(), owner: withResolvers<OwnerOutcome>() };

  constructor(run: ReloadRun) {
    this.#run = run;
    this.#reloads = [...run.reloads];
  }

  async play(): Promise<ReloadReport> {
    const [left, right] = memoryChannelPair();
    this.#load('owner', right);
    this.#load('researcher', left);
    const { researcher, owner } = this.#ends;
    const ends = await Promise.allSettled([researcher.promise, owner.promise]);
    return { ends, events: this.#events, answers: this.#answers };
  }

  #load(role: Role, session: ResumableChannel): void {
    const page: Page = { lives: (this.#pages[role]?.lives ?? -1) + 1, alive: true, session };
    this.#pages[role] = page;
    const channel = this.#channelOf(role, page, session);
    const given = { channel, store: this.#storeOf(role, page), pool: this.#run.newPool(role) };
    const settle = <T>(end: Settler<T>, running: Promise<T>) =>
      void running.then(
        (value) => page.alive && end.resolve(value),
        (error: unknown) => page.alive && end.reject(error),
      );
    if (role === 'researcher') settle(this.#ends.researcher, runResearcher({ ...this.#run.researcher, ...given }));
    else settle(this.#ends.owner, runOwner({ ...this.#run.owner, ...given }));
  }

  #reload(role: Role): void {
    const [page, peer] = [this.#pages[role], this.#pages[other(role)]];
    if (!page || !peer) return;
    page.alive = false;
    const [mine, theirs] = memoryChannelPair();
    const before = peer.session;
    peer.session = theirs;
    before.supersede(this.#channelOf(other(role), peer, theirs));
    this.#load(role, mine);
  }

  #happen(event: string): void {
    this.#events.push(event);
    const next = this.#reloads[0];
    if (next === undefined || next.at !== event || this.#events.filter((e) => e === event).length < next.nth) return;
    this.#reloads.shift();
    this.#reload(next.who);
  }

  #channelOf(role: Role, page: Page, session: ResumableChannel): Channel {
    const { wrap, rewrite } = this.#run;
    const inner = wrap?.(session) ?? session;
    return {
      send: (message) => {
        if (!page.alive) return new Promise(() => {});
        if (role === 'owner' && message.kind !== 'position') this.#answers.push(message);
        const sent = inner.send(message);
        const done = whileAlive(page, sent);
        void sent.then(
          () => page.alive && this.#happen(`${role} sends ${message.kind}`),
          () => {},
        );
        return done;
      },
      receive: async () => {
        for (;;) {
          const message = await whileAlive(page, inner.receive());
          const taken = rewrite ? rewrite(role, page.lives, message) : message;
          if (taken) return taken;
        }
      },
      close: (reason) => (page.alive ? inner.close(reason) : Promise.resolve()),
      setReceiveLimit: (bytes) => inner.setReceiveLimit(bytes),
      get bytesSent() {
        return inner.bytesSent;
      },
      get bytesReceived() {
        return inner.bytesReceived;
      },
    };
  }

  #storeOf(role: Role, page: Page): RunStore {
    const store = this.#stores[role];
    return {
      names: () => store.names(),
      get: (name) => store.get(name),
      put: async (name, kept: Kept) => {
        // A disk is slower than a line: what leaves before it is kept leaves in these turns.
        for (let turn = 0; turn < TURNS_OF_A_DISK; turn++) await yieldToPage();
        if (!page.alive) return new Promise(() => {});
        await store.put(name, kept);
        if (name !== 'spent') this.#happen(`${role} keeps ${name.split('/')[0]}`);
        if (!page.alive) return new Promise(() => {});
      },
    };
  }
}

/** What a page that is gone asked for never comes. */
function whileAlive<T>(page: Page, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    work.then(
      (value) => page.alive && resolve(value),
      (error: unknown) => page.alive && reject(error),
    );
  });
}

interface Settler<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function withResolvers<T>(): Settler<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** @throws where the owner gave two different answers to one thing asked */
export function expectOneAnswerEach(answers: readonly Message[]): void {
  const first = new Map<string, readonly Uint8Array[]>();
  for (const { kind, body, blobs } of answers) {
    const { session, sequence, ...about } = body as Record<string, unknown>;
    const asked = `${kind} ${JSON.stringify(about)}`;
    const before = first.get(asked) ?? blobs;
    first.set(asked, before);
    const same = before.length === blobs.length && before.every((blob, i) => equalBytes(blob, blobs[i]));
    if (!same) throw new Error(`two answers: ${asked}`);
  }
}

const equalBytes = (a: Uint8Array, b: Uint8Array | undefined) =>
  a.byteLength === b?.byteLength && a.every((byte, i) => byte === b[i]);
