/** One simulated session, from the connection to the end of both sides, and whether it kept the rule. */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ResearcherResult } from '../../agreement/result.ts';
import type { Role } from '../../net/room-api.ts';
import { Session } from '../../net/session.ts';
import { type Channel, ChannelClosed, type CloseReason } from '../../protocol/channel.ts';
import { Negotiation } from '../../protocol/negotiation.ts';
import { runOwner } from '../../protocol/owner.ts';
import { runResearcher } from '../../protocol/researcher.ts';
import { Network } from './network.ts';
import { madeUpPeople, type People, seededRandom } from './people.ts';
import { PlainPool } from './plain-seal.ts';
import type { Incident, Plan } from './plan.ts';
import { ThinChannel } from './thin-channel.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A whole session may take so long, in milliseconds of its own time. */
const SESSION_WITHIN = 30 * 60_000;
const RECONNECT_SECONDS = 120;
const LEFT: CloseReason = { code: 'cancelled', message: 'The room was closed.' };

/** How a side ended: with its result, or told why without. */
export type End = 'result' | CloseReason['code'] | 'error';

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
  readonly session: Session;
  readonly channel: Channel;
  readonly negotiation: Negotiation;
  readonly pool: PlainPool;
  readonly abort: AbortController;
  end: End | undefined;
  result: ResearcherResult | undefined;
  /** Why it ended without one. */
  why: string;
}

class Simulation {
  private readonly clock = new VirtualClock();
  private readonly random: () => number;
  private readonly people: People;
  private readonly applied: Incident[] = [];
  private readonly network: Network;
  private readonly sides: Readonly<Record<Role, Side>>;

  constructor(private readonly plan: Plan) {
    this.random = seededRandom(plan.seed);
    this.people = madeUpPeople(plan.bands, this.random);
    this.network = new Network(this.clock, plan, {
      onEvent: (incident) => this.happen(incident),
      onApplied: (incident) => this.applied.push(incident),
    });
    this.sides = { researcher: this.side('researcher', plan.workers[0]), owner: this.side('owner', plan.workers[1]) };
  }

  async run(): Promise<SessionReport> {
    const { researcher, owner } = this.sides;
    this.network.start({ researcher: researcher.session, owner: owner.session });
    for (const side of [researcher, owner]) void this.live(side);
    const ended = await this.clock.run(() => researcher.end !== undefined && owner.end !== undefined, SESSION_WITHIN);
    return {
      researcher: researcher.end ?? 'error',
      owner: owner.end ?? 'error',
      applied: this.applied,
      lasted: this.clock.now(),
      broken: ended ? this.brokenRule() : `no end: researcher ${researcher.end}, owner ${owner.end}`,
    };
  }

  private side(role: Role, workers: number): Side {
    const session = new Session({
      reconnectSeconds: RECONNECT_SECONDS,
      maxMessageBytes: 64 * 1024 * 1024,
      clock: this.clock,
      onLost: () => this.network.lost(role),
      onReleased: () => this.network.release(role),
    });
    const channel = this.plan.fullSize ? session : new ThinChannel(session);
    const pool = new PlainPool(workers, this.people.agreement, this.clock, this.random);
    const negotiation = new Negotiation(role, channel);
    return {
      role,
      session,
      channel,
      negotiation,
      pool,
      abort: new AbortController(),
      end: undefined,
      result: undefined,
      why: '',
    };
  }

  /** What a page does: agree, run, leave. */
  private async live(side: Side): Promise<void> {
    const { role, session, negotiation } = side;
    try {
      negotiation.onChange(() => void this.consider(side));
      await this.clock.sleep(1000 * this.random());
      // Where it fails, the negotiation says why.
      await this.speak(side).catch(() => {});
      const agreement = await negotiation.settled;
      const { people } = this;
      const { channel, pool, abort } = side;
      const common = { channel, agreement, pool, onProgress: () => {}, signal: abort.signal, version: 'simulated' };
      if (role === 'researcher') side.result = await runResearcher({ ...common, keys: people.listKeys });
      else await runOwner({ ...common, keys: people.dataKeys, columns: people.columns });
      side.end = 'result';
    } catch (error) {
      side.why = error instanceof Error ? error.message : String(error);
      side.end = error instanceof ChannelClosed ? error.reason.code : 'error';
    }
    await this.clock.sleep(this.plan.stays[role === 'researcher' ? 0 : 1]);
    await session.close(LEFT);
  }

  private speak({ role, negotiation }: Side): Promise<void> {
    const nonce = bytesToHex(Uint8Array.from({ length: 16 }, () => 256 * this.random()));
    const { terms, list } = this.people;
    return role === 'owner' ? negotiation.propose({ ...terms, nonce }) : negotiation.offerList({ ...list, nonce });
  }

  /** A person reads and accepts whatever stands there then. */
  private async consider({ negotiation }: Side): Promise<void> {
    if (!negotiation.state.hash || negotiation.state.acceptedHere) return;
    await this.clock.sleep(3000 * this.random());
    if (negotiation.state.hash) await negotiation.accept().catch(() => {});
  }

  private happen({ kind, by }: Incident): void {
    const side = this.sides[by];
    if (kind === 'workers die') side.pool.die();
    else if (kind === 'new terms') void this.speak(this.sides.owner).catch(() => {});
    else if (kind === 'new list') void this.speak(this.sides.researcher).catch(() => {});
    else if (kind === 'decline') void side.negotiation.decline();
    else {
      side.abort.abort();
      void side.channel.close({ code: 'cancelled', message: 'The person on the other side pressed Cancel.' });
    }
  }

  private brokenRule(): string | undefined {
    const { researcher, owner } = this.sides;
    if (researcher.result) {
      if (researcher.result.matches !== this.people.matches) return `${researcher.result.matches} matches`;
      const [got, due] = [researcher.result.rows, this.people.rows].map((rows) => JSON.stringify(rows));
      if (got !== due) return `a wrong table: ${got}\n  instead of ${due}`;
    }
    const harmless = ({ kind, amount }: Incident) =>
      kind === 'cut' || kind === 'silence' || (kind === 'delay' && amount < 15_000);
    // Whoever has what he came for may leave before a lost farewell is noticed: the other is told of a lost connection.
    const stayed = [researcher.end, owner.end].filter((end) => end !== 'result' && end !== 'connection-lost');
    if (this.applied.every(harmless) && (stayed.length > 0 || researcher.end !== 'result')) {
      return `connections came back, but the sides ended with ${researcher.end} (${researcher.why}) and ${owner.end} (${owner.why})`;
    }
    return undefined;
  }
}

/** Runs one session as planned. */
export function simulateSession(plan: Plan): Promise<SessionReport> {
  return new Simulation(plan).run();
}
