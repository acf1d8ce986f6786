/** The linkage unit's side of comparing secrets: it carries what providers say to each other, and hears what they found. */

import type { Message } from '../channel/channel.ts';
import { t } from '../words/translate.ts';
import { LinkingError } from './linking-error.ts';
import type { fromProvider, Parsed } from './messages.ts';

export type PairState = 'comparing' | 'same' | 'different';

/** Two providers, by number from 1, the lower first. */
export interface SecretPair {
  readonly providers: readonly [number, number];
  readonly state: PairState;
}

type CheckMessage = Extract<Parsed<typeof fromProvider>, { kind: `secret-${string}` }>;

interface Pair {
  readonly providers: readonly [number, number];
  readonly round: number;
  readonly verdicts: Map<number, boolean>;
}

export class SecretPairs {
  #pairs: readonly Pair[] = [];
  #taking: readonly number[] = [];
  #rounds = 0;

  readonly #post: (provider: number, message: Message) => void;

  constructor(post: (provider: number, message: Message) => void) {
    this.#post = post;
  }

  get states(): readonly SecretPair[] {
    return this.#pairs.map(({ providers, verdicts }) => {
      const found = [...verdicts.values()];
      const state = found.includes(false) ? 'different' : found.length === 2 ? 'same' : 'comparing';
      return { providers, state };
    });
  }

  /** A provider begins to send CLKs: its secret is compared with that of everybody who did before. */
  join(provider: number): void {
    for (const other of this.#taking) {
      const providers = [Math.min(provider, other), Math.max(provider, other)] as const;
      const round = ++this.#rounds;
      this.#pairs = [...this.#pairs, { providers, round, verdicts: new Map() }];
      this.#post(providers[0], { kind: 'secret-begin', body: { provider: providers[1], round }, blobs: [] });
    }
    this.#taking = [...this.#taking, provider];
  }

  /** A provider's CLKs are forgotten, and with them what was found about its secret. */
  leave(provider: number): void {
    this.#taking = this.#taking.filter((other) => other !== provider);
    this.#pairs = this.#pairs.filter(({ providers }) => !providers.includes(provider));
  }

  /**
   * Carries a message from one provider to the other, or notes what it found. What belongs to no exchange any more is left.
   * @throws LinkingError when a provider answers in the place of the other
   */
  take(from: number, { kind, body, blobs }: CheckMessage): void {
    const { provider, round } = body;
    const pair = this.#pairs.find((pair) => pair.round === round);
    if (pair === undefined) return;
    const [initiator, responder] = pair.providers;
    const expected = from === initiator ? responder : initiator;
    if (!pair.providers.includes(from) || provider !== expected) {
      throw new LinkingError('A comparison of secrets is between other providers');
    }
    if (kind === 'secret-verdict') {
      pair.verdicts.set(from, body.same);
      return;
    }
    this.#post(provider, { kind, body: { provider: from, round }, blobs });
  }
}

/** What keeps runs from starting, for people; undefined where nothing does. */
export function differentPairsWords(pairs: readonly SecretPair[]): string | undefined {
  const different = pairs
    .filter(({ state }) => state === 'different')
    .map(({ providers: [first, last] }) => t('{{first}} and {{last}}', { first, last }));
  if (different.length === 0) return undefined;
  return t(
    'The linkage secrets of providers {{pairs}} differ: their CLKs would match nobody. Both pages say so. Runs wait until CLKs of one secret are here.',
    { pairs: different.reduce((pairs, pair) => t('{{pairs}}, and of providers {{pair}}', { pairs, pair })) },
  );
}
