/** What both sides derive from the agreement before a run: names, salts, layout; and the watch over time and bytes. */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Agreement, agreementHash, agreementSchema } from '../agreement/agreement.ts';
import type { Measures, Stage, StageMeasure } from '../agreement/result.ts';
import type { Channel } from '../channel/channel.ts';
import { checkedMessage } from '../parsing/checked.ts';
import { chooseGeometry, type Geometry } from '../psi/geometry.ts';
import { falseCandidates, MAX_FALSE } from '../psi/matches.ts';
import { layTally, type TallyLayout } from '../tally/layout.ts';
import { ProtocolError } from './conversation.ts';

export interface Session {
  readonly agreement: Agreement;
  readonly hash: string;
  readonly layout: TallyLayout;
}

/**
 * Checks an agreement as a whole and derives the session from it.
 * @throws `ProtocolError` where its geometry is not the one that its row counts imply, or where it asks for more than a
 *   run can carry
 */
export function deriveSession(candidate: Agreement): Session {
  const read = checkedMessage(agreementSchema, candidate);
  if ('problem' in read) throw new ProtocolError(`the agreement is malformed: ${read.problem}`);
  const agreement = read.data;
  const expected = chooseGeometry(agreement.list.listRows, agreement.terms.dataRows, agreement.terms.keys.bands.length);
  const figures = Object.keys(expected) as (keyof Geometry)[];
  if (figures.some((figure) => agreement.geometry[figure] !== expected[figure])) {
    throw new ProtocolError(
      'the agreement names another geometry than its row counts and bands imply: the two pages differ in version',
    );
  }
  const { agreeingBands, keys } = agreement.terms;
  if (falseCandidates(agreement.geometry.segments, keys.bands.length, agreeingBands) > MAX_FALSE) {
    throw new ProtocolError(
      `with ${keys.bands.length} bands and so many rows, more than one record in a thousand would seem to match by chance: choose fewer bands, or more agreeing bands`,
    );
  }
  return { agreement, hash: agreementHash(agreement), layout: layTally(agreement) };
}

/** The 16-byte salt of a band's keys: new in every session, band and attempt. */
export function bandSalt(session: Session, band: number, attempt: number): Uint8Array {
  const input = new Uint8Array(34);
  input.set(hexToBytes(session.hash));
  input[32] = band;
  input[33] = attempt;
  return sha256(input).slice(0, 16);
}

/** The 16-byte salt of the keys of labels, as new as a band's. */
export function labelSalt(session: Session, attempt: number): Uint8Array {
  return sha256(concatBytes(hexToBytes(session.hash), utf8ToBytes('labels'), Uint8Array.of(attempt))).slice(0, 16);
}

/**
 * Milliseconds: what the researcher sends after weighing their matches leaves at a whole multiple of this after their last sighting,
 * because how long weighing takes depends on how many records have found somebody. Twice what it took where all had (SECURITY.md).
 */
export function weighingPeriod({ list, terms }: Agreement): number {
  return 300 + Math.ceil((list.listRows * terms.keys.bands.length) / 500);
}

const NOTHING_SPENT: StageMeasure = { seconds: 0, bytesSent: 0, bytesReceived: 0 };

/** Measures each stage's time and traffic, over all channels of a run. */
export class StageWatch {
  #stage: Stage = 'linkage';
  #start = performance.now();
  #sent = 0;
  #received = 0;
  #channel: Channel | undefined;

  #spent: Measures;

  /** `spent`: before a reload of this page. */
  constructor(spent: Measures = { linkage: NOTHING_SPENT, table: NOTHING_SPENT }) {
    this.#spent = spent;
  }

  /** Goes on over another channel. */
  follow(channel: Channel): void {
    this.total();
    this.#channel = channel;
    this.#sent = channel.bytesSent;
    this.#received = channel.bytesReceived;
  }

  /** Ends the stage under way and begins another. */
  enter(stage: Stage): void {
    this.total();
    this.#stage = stage;
  }

  /** What has been spent so far. */
  total(): Measures {
    const { bytesSent, bytesReceived } = this.#channel ?? NOTHING_SPENT;
    const before = this.#spent[this.#stage];
    const now = performance.now();
    const stage = {
      seconds: before.seconds + (now - this.#start) / 1000,
      bytesSent: before.bytesSent + bytesSent - this.#sent,
      bytesReceived: before.bytesReceived + bytesReceived - this.#received,
    };
    this.#spent = { ...this.#spent, [this.#stage]: stage };
    this.#start = now;
    this.#sent = bytesSent;
    this.#received = bytesReceived;
    return this.#spent;
  }
}
