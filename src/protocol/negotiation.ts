/**
 * Before the run: the owner proposes terms, the researcher adds their list's size, both see the same document and accept it by
 * its hash. Any change of terms or list voids acceptances. `start` follows when both accepted; the next message is the run's.
 */
import { z } from 'zod';
import {
  type Agreement,
  type ListInfo,
  listInfoSchema,
  studiesOf,
  type Terms,
  termsSchema,
} from '../agreement/agreement.ts';
import { pastDay } from '../agreement/study.ts';
import { type Channel, ChannelClosed, ChannelRestarted } from '../channel/channel.ts';
import { checkedMessage } from '../parsing/checked.ts';
import { chooseGeometry } from '../psi/geometry.ts';
import { t } from '../words/translate.ts';
import { ProtocolError } from './conversation.ts';
import { ProposalLimit } from './proposal-limit.ts';
import { deriveSession, type Session } from './session.ts';

export type NegotiationRole = 'researcher' | 'owner';

export interface NegotiationState {
  /** The owner's terms, once proposed. */
  readonly terms?: Terms;
  readonly list?: ListInfo;
  /** Both are there: the document that both people accept, and its hash. */
  readonly agreement?: Agreement;
  readonly hash?: string;
  /** Why terms and list do not make an agreement, in words for both people. */
  readonly problem?: string;
  /** Which build of the code this page is, and the other says it is; `there` is undefined until it has spoken. A note for people. */
  readonly builds: { readonly here: string | undefined; readonly there?: { readonly digest: string | undefined } };
  readonly acceptedHere: boolean;
  readonly acceptedThere: boolean;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const bodies = {
  terms: z.strictObject({ terms: termsSchema, build: hash.optional() }),
  list: z.strictObject({ list: listInfoSchema, build: hash.optional() }),
  accept: z.strictObject({ hash }),
  start: z.strictObject({ hash }),
};

/**
 * The document that terms and list make.
 * @throws RangeError, in words for people, where a run cannot carry it
 */
export function composeAgreement(terms: Terms, list: ListInfo): Agreement {
  return composeSession(terms, list).agreement;
}

function composeSession(terms: Terms, list: ListInfo): Session {
  return deriveSession({
    terms,
    list,
    geometry: chooseGeometry(list.listRows, terms.dataRows, terms.keys.bands.length),
  });
}

export interface NegotiationOptions {
  /** SHA-256 of this page's code, in hex; none in development. */
  readonly build?: string | undefined;
  readonly now?: () => Date;
  /** Of the room, which a negotiation that begins anew there goes on with. */
  readonly limit?: ProposalLimit;
}

export class Negotiation {
  #current: NegotiationState;
  readonly #listeners = new Set<(state: NegotiationState) => void>();
  #started = false;
  /** The agreement, when both accepted. Rejects `ChannelClosed` when declined or gone, `ProtocolError` on nonsense, `ChannelRestarted` where the other page was reloaded. */
  readonly settled: Promise<Agreement>;

  readonly #role: NegotiationRole;
  readonly #channel: Channel;
  readonly #build: string | undefined;
  readonly #now: () => Date;
  readonly #limit: ProposalLimit;

  constructor(role: NegotiationRole, channel: Channel, options: NegotiationOptions = {}) {
    const { build, now = () => new Date(), limit = new ProposalLimit() } = options;
    this.#role = role;
    this.#channel = channel;
    this.#build = build;
    this.#now = now;
    this.#limit = limit;
    this.#current = { builds: { here: build }, acceptedHere: false, acceptedThere: false };
    this.settled = this.#listen();
    this.settled.catch(() => {});
  }

  get state(): NegotiationState {
    return this.#current;
  }

  onChange(listener: (state: NegotiationState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Owner: proposes terms, or other terms. */
  async propose(terms: Terms): Promise<void> {
    if (this.#started) throw new ProtocolError('the run has started; its terms cannot change any more');
    this.#revise({ terms });
    await this.#channel.send({ kind: 'terms', body: { terms, ...this.#said }, blobs: [] });
  }

  /** Researcher: says how long the list is, rounded up. */
  async offerList(list: ListInfo): Promise<void> {
    if (this.#started) throw new ProtocolError('the run has started; its list cannot change any more');
    this.#revise({ list });
    await this.#channel.send({ kind: 'list', body: { list, ...this.#said }, blobs: [] });
  }

  /** Accepts the agreement whose hash is `read`, unless another has taken its place; the one that there is, where nothing is given. */
  async accept(read?: string): Promise<void> {
    // The day may have changed since the agreement was composed.
    this.#refusePast();
    const { hash } = this.#current;
    if (!hash && this.#current.problem) return;
    if (read !== undefined && read !== hash) return;
    if (!hash) throw new ProtocolError('there is no agreement to accept yet');
    if (this.#current.acceptedHere) return;
    this.#set({ ...this.#current, acceptedHere: true });
    await this.#channel.send({ kind: 'accept', body: { hash }, blobs: [] });
    await this.#startWhenBothAccepted();
  }

  /** @param reason in the person's words, for the other one to read; empty where they give none */
  async decline(reason = ''): Promise<void> {
    await this.#channel.close({ code: 'declined', message: reason });
  }

  async #listen(): Promise<Agreement> {
    try {
      for (;;) {
        const message = await this.#channel.receive();
        if (message.blobs.length > 0) throw new ProtocolError('a message before the run carries binary parts');
        if (message.kind === 'start') return this.#settle(this.#parse('start', message.body).hash);
        await this.#take(message.kind, message.body);
      }
    } catch (error) {
      if (error instanceof ChannelClosed) throw error;
      // The other page had begun the run when it was reloaded, which it does once both have accepted.
      const { agreement } = this.#current;
      if (error instanceof ChannelRestarted && this.#started && agreement) return agreement;
      // Nothing was agreed on: whoever negotiates does so anew with the page that is there now.
      if (error instanceof ChannelRestarted) throw error;
      const message = error instanceof Error ? error.message : String(error);
      void this.#channel.close({ code: 'protocol-error', message: `The agreement failed: ${message}` });
      throw error;
    }
  }

  async #take(kind: string, body: unknown): Promise<void> {
    const fromOwner = this.#role === 'researcher';
    if (this.#started && kind !== 'accept')
      throw new ProtocolError(`the other side sent "${kind}" after both had accepted`);
    if (kind === 'terms' && fromOwner) {
      const { terms, build } = this.#parse('terms', body);
      this.#limit.take('terms');
      this.#revise({ terms, there: { digest: build } });
    } else if (kind === 'list' && !fromOwner) {
      const { list, build } = this.#parse('list', body);
      this.#limit.take('list');
      this.#revise({ list, there: { digest: build } });
    } else if (kind === 'accept') {
      // An acceptance of what has been changed meanwhile counts for nothing; the other side sees the change too.
      if (this.#parse('accept', body).hash !== this.#current.hash) return;
      this.#set({ ...this.#current, acceptedThere: true });
      await this.#startWhenBothAccepted();
    } else {
      throw new ProtocolError(`the other side sent "${kind.slice(0, 40)}" before the run`);
    }
  }

  async #startWhenBothAccepted(): Promise<void> {
    const { acceptedHere, acceptedThere, hash } = this.#current;
    if (!acceptedHere || !acceptedThere || this.#started || !hash) return;
    this.#started = true;
    await this.#channel.send({ kind: 'start', body: { hash }, blobs: [] });
  }

  #settle(hash: string): Agreement {
    if (!this.#started || hash !== this.#current.hash || !this.#current.agreement) {
      throw new ProtocolError('the other side started a run that was not agreed here');
    }
    return this.#current.agreement;
  }

  #parse<Kind extends keyof typeof bodies>(kind: Kind, body: unknown): z.infer<(typeof bodies)[Kind]> {
    const parsed = checkedMessage<unknown>(bodies[kind], body);
    if ('problem' in parsed) throw new ProtocolError(`the message "${kind}" is malformed: ${parsed.problem}`);
    return parsed.data as z.infer<(typeof bodies)[Kind]>;
  }

  /** What every proposal says of this page. */
  get #said(): { build?: string } {
    return this.#build === undefined ? {} : { build: this.#build };
  }

  #revise(change: { terms?: Terms; list?: ListInfo; there?: { digest: string | undefined } }): void {
    const terms = change.terms ?? this.#current.terms;
    const list = change.list ?? this.#current.list;
    const builds = { ...this.#current.builds, ...(change.there && { there: change.there }) };
    const base = { ...(terms && { terms }), ...(list && { list }), builds, acceptedHere: false, acceptedThere: false };
    if (!terms || !list) {
      this.#set(base);
      return;
    }
    try {
      const { agreement, hash } = composeSession(terms, list);
      this.#set({ ...base, agreement, hash });
      this.#refusePast();
    } catch (error) {
      this.#set({ ...base, problem: error instanceof Error ? error.message : String(error) });
    }
  }

  /** An agreement whose last day is over is none. */
  #refusePast(): void {
    const { agreement, terms, list } = this.#current;
    const day = agreement && pastDay(studiesOf(agreement), this.#now());
    if (day === undefined || this.#started || !terms || !list) return;
    const problem = t('The study holds until {{day}}, and that day is over.', { day });
    const { builds } = this.#current;
    this.#set({ builds, terms, list, problem, acceptedHere: false, acceptedThere: false });
  }

  #set(state: NegotiationState): void {
    this.#current = state;
    for (const listener of this.#listeners) listener(state);
  }
}
