/** A provider's comparisons of its linkage secret with those of the others, which the linkage unit carries. */

import type { Message } from '../channel/channel.ts';
import { t } from '../words/translate.ts';
import { LinkingError } from './linking-error.ts';
import { type fromUnit, onlyBlob, type Parsed } from './messages.ts';
import { type CheckContext, SecretCheck, sameProof } from './secret-check.ts';

/** Whoever stands between two providers tests one guess an exchange; nobody corrects a secret more often than that. */
export const MAX_CHECKS = 20;

export type SecretVerdict = 'same' | 'different';

type CheckMessage = Extract<Parsed<typeof fromUnit>, { kind: `secret-${string}` }>;

interface Exchange {
  readonly round: number;
  readonly check: SecretCheck;
  /** Of the responder, once it answered. */
  expected: Uint8Array | undefined;
}

export class SecretChecks {
  #secret: string | undefined;
  readonly #exchanges = new Map<number, Exchange>();
  readonly #begun = new Map<number, number>();
  #found: ReadonlyMap<number, SecretVerdict> = new Map();

  /** Of this provider, from 1. */
  readonly #number: number;
  readonly #project: string;
  readonly #send: (message: Message) => void;

  constructor(number: number, project: string, send: (message: Message) => void) {
    this.#number = number;
    this.#project = project;
    this.#send = send;
  }

  /** What was found with which provider. */
  get verdicts(): ReadonlyMap<number, SecretVerdict> {
    return this.#found;
  }

  /** Takes part from now on with this secret, or with none. */
  use(secret: string | undefined): void {
    this.#secret = secret;
    this.#exchanges.clear();
    this.#found = new Map();
  }

  /**
   * Takes what the linkage unit asks for or carries. What belongs to an exchange that is over is left.
   * @throws LinkingError when a share is none, or there were too many exchanges
   */
  take(message: CheckMessage): void {
    const { provider, round } = message.body;
    if (provider === this.#number) throw new LinkingError('A provider does not compare secrets with itself');
    if (this.#secret === undefined) return;
    switch (message.kind) {
      case 'secret-begin': {
        if (provider < this.#number) throw new LinkingError('The provider of the lower number begins');
        const { check } = this.#begin(provider, round, this.#secret);
        this.#post('secret-offer', provider, round, [check.share]);
        return;
      }
      case 'secret-offer': {
        if (provider > this.#number) throw new LinkingError('The provider of the lower number offers');
        const exchange = this.#begin(provider, round, this.#secret);
        const { own, expected } = exchange.check.proofs(onlyBlob(message.kind, message.blobs));
        exchange.expected = expected;
        this.#post('secret-answer', provider, round, [exchange.check.share, own]);
        return;
      }
      case 'secret-answer': {
        const exchange = this.#exchanges.get(provider);
        const [share, proof] = message.blobs;
        if (exchange?.round !== round || provider < this.#number) return;
        if (share === undefined || proof === undefined) throw new LinkingError('An answer about secrets is not whole');
        const { own, expected } = exchange.check.proofs(share);
        this.#post('secret-proof', provider, round, [own]);
        this.#conclude(provider, round, sameProof(proof, expected));
        return;
      }
      case 'secret-proof': {
        const exchange = this.#exchanges.get(provider);
        if (exchange?.round !== round || exchange.expected === undefined) return;
        this.#conclude(provider, round, sameProof(onlyBlob(message.kind, message.blobs), exchange.expected));
        return;
      }
    }
  }

  #begin(provider: number, round: number, secret: string): Exchange {
    const begun = (this.#begun.get(provider) ?? 0) + 1;
    if (begun > MAX_CHECKS) {
      throw new LinkingError(`Secrets were compared with provider ${provider} more than ${MAX_CHECKS} times`);
    }
    this.#begun.set(provider, begun);
    const initiator = Math.min(provider, this.#number);
    const responder = Math.max(provider, this.#number);
    const context: CheckContext = { project: this.#project, initiator, responder, round };
    const role = this.#number === initiator ? 'initiator' : 'responder';
    const exchange = { round, check: new SecretCheck(secret, context, role), expected: undefined };
    this.#exchanges.set(provider, exchange);
    return exchange;
  }

  #conclude(provider: number, round: number, same: boolean): void {
    // Each exchange is good for one proof.
    this.#exchanges.delete(provider);
    this.#found = new Map(this.#found).set(provider, same ? 'same' : 'different');
    this.#send({ kind: 'secret-verdict', body: { provider, round, same }, blobs: [] });
  }

  #post(kind: string, provider: number, round: number, blobs: Uint8Array[]): void {
    this.#send({ kind, body: { provider, round }, blobs });
  }
}

/** The others whose secret differs, for people; undefined where there are none. */
export function differenceWords(verdicts: ReadonlyMap<number, SecretVerdict>): string | undefined {
  const others = [...verdicts].filter(([, verdict]) => verdict === 'different').map(([provider]) => provider);
  if (others.length === 0) return undefined;
  const names = others.sort((a, b) => a - b).map((number) => t('provider {{number}}', { number }));
  return t(
    'Your linkage secret is not that of {{providers}}, so none of your people would be found. Compare the secrets letter by letter, also capitals and blanks at either end, but not through the linkage unit. Then take the CLKs back and encode with the right secret. Runs wait until then.',
    { providers: names.reduce((first, last) => t('{{first}} and {{last}}', { first, last })) },
  );
}
