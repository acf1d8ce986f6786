/** One simulated session, from the connection to the end of both sides, and whether it kept the rule. */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ResearcherResult } from '../../agreement/result.ts';
import { type Channel, ChannelClosed, type CloseReason } from '../../channel/channel.ts';
import { ResumableChannel } from '../../channel/resumable-channel.ts';
import { seededRandom } from '../../keys/random.ts';
import type { Role } from '../../net/room-api.ts';
import { Negotiation } from '../../protocol/negotiation.ts';
import { runOwner } from '../../protocol/owner.ts';
import { runResearcher } from '../../protocol/researcher.ts';
import { MemoryRunStore } from '../../protocol/run-store.ts';
import { hiddenAlike } from '../made-up-tally.ts';
import { Network } from './network.ts';
import { madeUpPeople, type People, type PeopleShape } from './people.ts';
import { PlainPool } from './plain-pool.ts';
import { type Incident, type Kind, PATIENT, type Plan } from './plan.ts';
import { ThinChannel } from './thin-channel.ts';
import { ComputerClock, VirtualClock } from './virtual-clock.ts';

const SEVERAL_TABLES: PeopleShape = {
  groups: [2, 2],
  tables: [
    { groups: [0], payloads: [0] },
    { groups: [1], payloads: [] },
    { groups: [], payloads: [0] },
  ],
};

/** A whole session may take so long, in milliseconds of its own time. */
const SESSION_WITHIN_MS = 2 * 60 * 60_000;
const RECONNECT_SECONDS = 120;
const LEFT: CloseReason = { code: 'cancelled', message: 'The room was closed.' };

/** How the sides end when only this happens, on a connection that stands, unless they have what they came for. */
const TOLD: Partial<Record<Kind, readonly End[]>> = {
  cancel: ['cancelled'],
  decline: ['declined'],
  'workers die': ['error', 'protocol-error'],
};
const indexOf = (role: Role) => (role === 'researcher' ? 0 : 1);

/** How a side ended: with its result, or told why without, unless its page was closed. */
export type End = 'result' | CloseReason['code'] | 'error' | 'closed page';

export interface SessionReport {
  readonly researcher: End;
  readonly owner: End;
  readonly applied: readonly Incident[];
  /** Virtual milliseconds. */
  readonly lasted: number;
  /** Which rule was broken, if any. */
  readonly broken: string | undefined;
}

interface Side {
  readonly role: Role;
  readonly clock: ComputerClock;
  readonly session: ResumableChannel;
  readonly channel: Channel;
  readonly negotiation: Negotiation;
  readonly pool: PlainPool;
  readonly abort: AbortController;
  end: End | undefined;
  result: ResearcherResult | undefined;
  /** Owner: knows that the table may be out. */
  released: boolean;
  /** Why it ended without one. */
  why: string;
}

class Simulation {
  readonly #clock = new VirtualClock();
  readonly #random: () => number;
  readonly #people: People;
  readonly #applied: Incident[] = [];
  readonly #network: Network;
  readonly #sides: Readonly<Record<Role, Side>>;

  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#random = seededRandom([plan.seed]).unit;
    // Every third session has several tables.
    this.#people = madeUpPeople(plan.bands, this.#random, plan.seed % 3 === 0 ? SEVERAL_TABLES : {});
    this.#network = new Network(this.#clock, plan, {
      onEvent: (incident) => this.#happen(incident),
      asleep: (role) => this.#sides[role].clock.asleep,
      onApplied: (incident) => this.#applied.push(incident),
    });
    this.#sides = {
      researcher: this.#side('researcher', plan.workers[0]),
      owner: this.#side('owner', plan.workers[1]),
    };
  }

  async run(): Promise<SessionReport> {
    const { researcher, owner } = this.#sides;
    this.#network.start({ researcher: researcher.session, owner: owner.session });
    for (const side of [researcher, owner]) void this.#live(side);
    const ended = await this.#clock.run(
      () => researcher.end !== undefined && owner.end !== undefined,
      SESSION_WITHIN_MS,
    );
    return {
      researcher: researcher.end ?? 'error',
      owner: owner.end ?? 'error',
      applied: this.#applied,
      lasted: this.#clock.now(),
      broken: ended ? this.#brokenRule() : `no end: researcher ${researcher.end}, owner ${owner.end}`,
    };
  }

  #side(role: Role, workers: number): Side {
    const clock = new ComputerClock(this.#clock);
    let patience = this.#plan.patience[indexOf(role)];
    const session = new ResumableChannel({
      reconnectSeconds: RECONNECT_SECONDS,
      maxMessageBytes: 64 * 1024 * 1024,
      windowBytes: this.#plan.windowBytes,
      clock,
      onOverdue: () => (patience-- > 0 ? session.keepTrying() : session.giveUp()),
      onLost: () => this.#network.lost(role),
      onReleased: () => this.#network.release(role),
    });
    const channel = this.#plan.fullSize ? session : new ThinChannel(session);
    const pool = new PlainPool(workers, this.#people.agreement, clock, this.#random);
    const negotiation = new Negotiation(role, channel);
    return {
      role,
      clock,
      session,
      channel,
      negotiation,
      pool,
      abort: new AbortController(),
      end: undefined,
      result: undefined,
      released: false,
      why: '',
    };
  }

  /** What a page does: agree, run, leave. */
  async #live(side: Side): Promise<void> {
    const { role, session, negotiation } = side;
    try {
      negotiation.onChange(() => void this.#consider(side));
      await side.clock.sleep(1000 * this.#random());
      // Where it fails, the negotiation says why.
      await this.#speak(side).catch(() => {});
      const agreement = await negotiation.settled;
      const people = this.#people;
      const { channel, pool, abort } = side;
      const store = new MemoryRunStore();
      const common = {
        channel,
        agreement,
        pool,
        store,
        onProgress: () => {},
        signal: abort.signal,
        version: 'simulated',
      };
      if (role === 'researcher') {
        const { listKeys: keys, listValues, listStrata: strata } = people;
        side.result = await runResearcher({
          ...common,
          keys,
          strata,
          listValues: async () => listValues,
          clock: side.clock,
        });
      } else {
        const onRelease = () => {
          side.released = true;
        };
        await runOwner({ ...common, keys: people.dataKeys, columns: people.columns, onRelease });
      }
      side.end = 'result';
    } catch (error) {
      side.why = error instanceof Error ? error.message : String(error);
      side.end = error instanceof ChannelClosed ? error.reason.code : 'error';
    }
    await side.clock.sleep(this.#plan.stays[indexOf(role)]);
    if (this.#plan.closesPage[indexOf(role)]) this.#closePage(side);
    else await session.close(LEFT);
  }

  #closePage(side: Side): void {
    side.end ??= 'closed page';
    side.clock.stop(Number.POSITIVE_INFINITY);
    this.#network.silence();
  }

  #speak({ role, negotiation }: Side): Promise<void> {
    const nonce = bytesToHex(Uint8Array.from({ length: 16 }, () => 256 * this.#random()));
    const { terms, list } = this.#people;
    return role === 'owner' ? negotiation.propose({ ...terms, nonce }) : negotiation.offerList({ ...list, nonce });
  }

  /** A person reads and accepts whatever stands there then. */
  async #consider({ negotiation, clock }: Side): Promise<void> {
    if (!negotiation.state.hash || negotiation.state.acceptedHere) return;
    await clock.sleep(3000 * this.#random());
    if (negotiation.state.hash) await negotiation.accept().catch(() => {});
  }

  #happen({ kind, by, amount }: Incident): void {
    const side = this.#sides[by];
    if (side.clock.asleep) return;
    if (kind === 'workers die') side.pool.die();
    else if (kind === 'new terms') void this.#speak(this.#sides.owner).catch(() => {});
    else if (kind === 'new list') void this.#speak(this.#sides.researcher).catch(() => {});
    else if (kind === 'decline') void side.negotiation.decline();
    else if (kind === 'page closes') this.#closePage(side);
    else if (kind === 'sleep') {
      side.clock.stop(amount);
      this.#network.silence();
    } else {
      side.abort.abort();
      void side.channel.close({ code: 'cancelled', message: 'The person on the other side pressed Cancel.' });
    }
  }

  #brokenRule(): string | undefined {
    const { researcher, owner } = this.#sides;
    if (researcher.result) {
      if (researcher.result.matches !== this.#people.matches) return `${researcher.result.matches} matches`;
      const { rows } = researcher.result;
      const { rows: exact, terms } = this.#people;
      const shown = terms.tables ? exact : hiddenAlike(exact, rows);
      const [got, due] = [rows, shown].map((table) => JSON.stringify(table));
      if (got !== due) return `a wrong table: ${got}\n  instead of ${due}`;
    }
    const ends = `the sides ended with ${researcher.end} (${researcher.why}) and ${owner.end} (${owner.why})`;
    if (researcher.result && owner.end !== 'result' && owner.end !== 'closed page' && !owner.released) {
      return `the researcher has a table, and the owner does not know that it may be out: ${ends}`;
    }
    const untold = ([researcher.end, owner.end] as End[]).some((end) => end !== 'result' && !this.#mayEndAs(end));
    if (untold) return `the connection stood, and one side was not told why it ended: ${ends}`;
    // Whoever closes the page with what they came for takes a farewell with them that was not delivered yet.
    const owed = this.#plan.closesPage[0] ? [researcher.end] : [researcher.end, owner.end];
    if (this.#applied.every((incident) => this.#passes(incident)) && owed.some((end) => end !== 'result')) {
      return `connections came back, but ${ends}`;
    }
    return undefined;
  }

  /** Where the connection stood and one thing was done: whether this end tells of it. */
  #mayEndAs(end: End): boolean {
    const [first, second] = this.#applied;
    const stood = second === undefined && !this.#plan.closesPage.some(Boolean);
    return !(stood && first) || (TOLD[first.kind]?.includes(end) ?? true);
  }

  /** Whether this keeps nobody from a result. */
  #passes({ kind, amount }: Incident): boolean {
    if (kind === 'cut' || kind === 'silence') return true;
    if (kind === 'delay') return amount < 15_000;
    return (kind === 'outage' || kind === 'sleep') && this.#plan.patience.every((times) => times === PATIENT);
  }
}

/** Runs one session as planned. */
export function simulateSession(plan: Plan): Promise<SessionReport> {
  return new Simulation(plan).run();
}
