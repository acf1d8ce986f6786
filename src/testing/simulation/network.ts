/** Connections on a virtual clock, to which everything happens that a plan says. */

import type { ResumableChannel } from '../../channel/resumable-channel.ts';
import { LOW_WATER, type Transport, type TransportListener } from '../../channel/transport.ts';
import type { Role } from '../../net/room-api.ts';
import type { Incident, Plan } from './plan.ts';
import type { VirtualClock } from './virtual-clock.ts';

const BYTES_PER_MS = 2_000;
const CONNECTING_MS = 300;
const retryDelay = (tries: number) => Math.min(5_000, 500 * 2 ** tries);

export interface NetworkEvents {
  /** What people and machines do; the network's own faults it sees to itself. */
  onEvent(incident: Incident): void;
  /** A computer that is asleep answers nobody. */
  asleep(side: Role): boolean;
  onApplied(incident: Incident): void;
}

class Wire implements Transport {
  bufferedAmount = 0;
  peer: Wire | undefined;
  /** Frames vanish, and so does news of an end. */
  silent = false;
  #open = true;
  #ended = false;
  #listener: TransportListener | undefined;
  readonly #early: Uint8Array[] = [];
  /** When the frame before this one is on the wire, and when it arrives. */
  #free = 0;
  #arrival = 0;

  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  send(frame: Uint8Array): void {
    if (!this.#open) return;
    const { clock, latency } = this.#network;
    const fate = this.#network.fate(this);
    const bytes = frame.byteLength;
    this.bufferedAmount += bytes;
    if (this.silent) return;
    this.#free = Math.max(this.#free, clock.now()) + Math.ceil(bytes / BYTES_PER_MS);
    clock.after(this.#free - clock.now(), () => {
      this.bufferedAmount -= bytes;
      if (this.#open && this.bufferedAmount <= LOW_WATER) this.#listener?.onDrain();
    });
    const delay = fate?.kind === 'delay' ? fate.amount : 0;
    this.#arrival = Math.max(this.#arrival, this.#free + latency) + delay;
    const copy =
      fate?.kind === 'truncate' ? frame.slice(0, frame.length - 1 - (fate.amount % frame.length)) : frame.slice();
    if (fate?.kind === 'drop') return;
    const late = fate?.kind === 'reorder' ? latency + 5 : 0;
    this.#deliver(copy, this.#arrival + late);
    if (fate?.kind === 'duplicate') this.#deliver(copy.slice(), this.#arrival);
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const frame of this.#early.splice(0)) if (this.#open) listener.onFrame(frame);
    if (this.#ended) listener.onClose();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    const { clock, latency } = this.#network;
    if (!this.silent) clock.after(Math.max(this.#arrival - clock.now(), latency), () => this.peer?.end());
  }

  /** The connection is gone; what is on its way is lost. */
  end(): void {
    if (!this.#open || this.silent) return;
    this.#open = false;
    this.#ended = true;
    this.#listener?.onClose();
  }

  #deliver(frame: Uint8Array, at: number): void {
    const { clock } = this.#network;
    clock.after(at - clock.now(), () => {
      if (!this.silent && this.peer) this.peer.#arrive(frame);
    });
  }

  #arrive(frame: Uint8Array): void {
    if (!this.#open) return;
    if (this.#listener) this.#listener.onFrame(frame);
    else this.#early.push(frame);
  }
}

export class Network {
  readonly latency: number;
  #frames = 0;
  readonly #incidents: Incident[];
  #blockedUntil = 0;
  #dialling = false;
  #sides: Readonly<Record<Role, ResumableChannel>> | undefined;
  readonly #released = { researcher: false, owner: false };
  #wires: readonly Wire[] = [];

  readonly #plan: Plan;
  readonly #events: NetworkEvents;

  constructor(
    readonly clock: VirtualClock,
    plan: Plan,
    events: NetworkEvents,
  ) {
    this.#plan = plan;
    this.#events = events;
    this.latency = plan.latency;
    this.#incidents = [...plan.incidents].sort((a, b) => a.frame - b.frame);
  }

  start(sides: Readonly<Record<Role, ResumableChannel>>): void {
    this.#sides = sides;
    void this.#dial();
  }

  /** A side's session lost its connection. As in a room, only one of them dials. */
  lost(side: Role): void {
    if (side === this.#plan.dialler) void this.#dial();
  }

  /** Nothing gets through any more on the connection there is, nor news of that. */
  silence(): void {
    for (const wire of this.#wires) wire.silent = true;
  }

  release(side: Role): void {
    this.#released[side] = true;
  }

  /** What the plan has for the frame that is sent now. */
  fate(wire: Wire): Incident | undefined {
    const frame = this.#frames++;
    let fate: Incident | undefined;
    while ((this.#incidents[0]?.frame ?? Number.POSITIVE_INFINITY) <= frame) {
      const incident = this.#incidents.shift() as Incident;
      this.#events.onApplied(incident);
      const { kind, amount } = incident;
      if (kind === 'outage') this.#blockedUntil = this.clock.now() + amount;
      if (kind === 'cut' || kind === 'outage') {
        this.clock.after(0, () => {
          wire.end();
          wire.peer?.end();
        });
      } else if (kind === 'silence') {
        this.silence();
      } else if (
        kind === 'delay' ||
        kind === 'drop' ||
        kind === 'duplicate' ||
        kind === 'reorder' ||
        kind === 'truncate'
      ) {
        fate = incident;
      } else {
        this.clock.after(0, () => this.#events.onEvent(incident));
      }
    }
    return fate;
  }

  async #dial(): Promise<void> {
    if (this.#dialling || !this.#sides) return;
    this.#dialling = true;
    const { dialler } = this.#plan;
    const other = dialler === 'owner' ? 'researcher' : 'owner';
    for (let tries = 0; !this.#released[dialler]; tries++) {
      await this.clock.sleep(CONNECTING_MS + 4 * this.latency);
      const gone = ([dialler, other] as const).some((side) => this.#released[side] || this.#events.asleep(side));
      if (this.clock.now() >= this.#blockedUntil && !gone) {
        const [left, right] = [new Wire(this), new Wire(this)];
        left.peer = right;
        right.peer = left;
        this.#wires = [left, right];
        this.#sides[dialler].attach(left);
        // The last proof is still on its way to the other side.
        const answering = this.#sides[other];
        this.clock.after(this.latency, () => answering.attach(right));
        break;
      }
      await this.clock.sleep(retryDelay(tries));
    }
    this.#dialling = false;
  }
}
