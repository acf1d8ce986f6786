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
  const events: string[] = [];
  const answers: Message[] = [];
  const reloads = [...run.reloads];
  const stores = { researcher: new MemoryRunStore(), owner: new MemoryRunStore() };
  const pages: Partial<Record<Role, Page>> = {};
  const ends = { researcher: withResolvers<ResearcherResult>(), owner: withResolvers<OwnerOutcome>() };

  const happen = (event: string) => {
    events.push(event);
    const next = reloads[0];
    if (next === undefined || next.at !== event || events.filter((e) => e === event).length < next.nth) return;
    reloads.shift();
    reload(next.who);
  };

  /** What a page that is gone asked for never comes. */
  const whileAlive = <T>(page: Page, work: Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      work.then(
        (value) => page.alive && resolve(value),
        (error: unknown) => page.alive && reject(error),
      );
    });

  const channelOf = (role: Role, page: Page, session: ResumableChannel): Channel => {
    const inner = run.wrap?.(session) ?? session;
    return {
      send: (message) => {
        if (!page.alive) return new Promise(() => {});
        if (role === 'owner' && message.kind !== 'position') answers.push(message);
        const sent = inner.send(message);
        const done = whileAlive(page, sent);
        void sent.then(
          () => page.alive && happen(`${role} sends ${message.kind}`),
          () => {},
        );
        return done;
      },
      receive: async () => {
        for (;;) {
          const message = await whileAlive(page, inner.receive());
          const taken = run.rewrite ? run.rewrite(role, page.lives, message) : message;
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
  };

  const storeOf = (role: Role, page: Page): RunStore => ({
    names: () => stores[role].names(),
    get: (name) => stores[role].get(name),
    put: async (name, kept: Kept) => {
      // A disk is slower than a line: what leaves before it is kept leaves in these turns.
      for (let turn = 0; turn < TURNS_OF_A_DISK; turn++) await yieldToPage();
      if (!page.alive) return new Promise(() => {});
      await stores[role].put(name, kept);
      if (name !== 'spent') happen(`${role} keeps ${name.split('/')[0]}`);
      if (!page.alive) return new Promise(() => {});
    },
  });

  const load = (role: Role, session: ResumableChannel) => {
    const page: Page = { lives: (pages[role]?.lives ?? -1) + 1, alive: true, session };
    pages[role] = page;
    const given = { channel: channelOf(role, page, session), store: storeOf(role, page), pool: run.newPool(role) };
    const settle = <T>(end: Settler<T>, running: Promise<T>) =>
      void running.then(
        (value) => page.alive && end.resolve(value),
        (error: unknown) => page.alive && end.reject(error),
      );
    if (role === 'researcher') settle(ends.researcher, runResearcher({ ...run.researcher, ...given }));
    else settle(ends.owner, runOwner({ ...run.owner, ...given }));
  };

  const reload = (role: Role) => {
    const [page, peer] = [pages[role], pages[other(role)]];
    if (!page || !peer) return;
    page.alive = false;
    const [mine, theirs] = memoryChannelPair();
    const before = peer.session;
    peer.session = theirs;
    before.supersede(channelOf(other(role), peer, theirs));
    load(role, mine);
  };

  const [left, right] = memoryChannelPair();
  load('owner', right);
  load('researcher', left);
  return { ends: await Promise.allSettled([ends.researcher.promise, ends.owner.promise]), events, answers };
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
