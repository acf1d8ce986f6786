/** How a page looks for the other one while no connection stands: one waits to be found, the other dials. */
import type { DataChannelTransport } from './data-channel-transport.ts';
import { ConnectProblem, type Dialler, type Host, type ProblemKind, retryDelay } from './signalling.ts';
import { VerificationError } from './verification-error.ts';

/** While a connection is missed, the host registers anew this often: its socket may be dead without a sign of it. */
const RENEW_EVERY_MS = 15_000;
/** Tries of the first dial before the person is told, by what stands in the way. */
const FIRST_TRIES: Record<ProblemKind, number> = { 'no-webrtc': 1, absent: 3, unreachable: 4, 'no-path': 2 };
const PATIENT_TRIES = { ...FIRST_TRIES, absent: Number.POSITIVE_INFINITY };

/** A refusal may still be on its way; a connection closed at once would drop it. */
const CLOSE_AFTER_MS = 2_000;

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export interface Seeker {
  /** Looks until a connection stands, or nobody looks any more. One search at a time. */
  seek(): Promise<void>;
  /** Both sides have spoken on a connection. */
  found(): void;
  /** Nobody is looked for any more. */
  leave(): void;
}

/** Stays to be found at the signalling server, also after a sleep or a change of network. */
export class HostSeeker implements Seeker {
  #seeking = false;
  #released = false;

  readonly #host: Host;
  readonly #missed: { readonly connection: () => boolean; readonly alone: () => boolean };

  /** `missed`: whether a connection is missed, and whether none is being verified. */
  constructor(host: Host, missed: { readonly connection: () => boolean; readonly alone: () => boolean }) {
    this.#host = host;
    this.#missed = missed;
  }

  async seek(): Promise<void> {
    if (this.#seeking) return;
    this.#seeking = true;
    while (!this.#released && this.#missed.connection()) {
      await sleep(RENEW_EVERY_MS);
      if (this.#missed.connection() && this.#missed.alone()) this.#host.renew();
    }
    this.#seeking = false;
  }

  found(): void {}

  leave(): void {
    this.#released = true;
    this.#host.leave();
    setTimeout(() => this.#host.close(), CLOSE_AFTER_MS);
  }
}

/** What the room says to whoever dials for it. */
export interface DialRoom {
  /** Verifies an open connection, and goes on over it. */
  verify(transport: DataChannelTransport): Promise<void>;
  refuse(error: ConnectProblem | VerificationError): void;
  /** Whether the other page was met before: then it is dialled for as long as the room is open. */
  known(): boolean;
}

/** Dials, again whenever that fails or the connection breaks. */
export class DialSeeker implements Seeker {
  #seeking = false;
  #released = false;
  /** Dials since both sides last spoke on a connection. */
  #dials = 0;

  readonly #dialler: Dialler;
  readonly #patient: boolean;
  readonly #room: DialRoom;

  /** `patient`: also while nobody waits yet. */
  constructor(dialler: Dialler, patient: boolean, room: DialRoom) {
    this.#dialler = dialler;
    this.#patient = patient;
    this.#room = room;
  }

  async seek(): Promise<void> {
    if (this.#seeking) return;
    this.#seeking = true;
    const mostTries = this.#patient ? PATIENT_TRIES : FIRST_TRIES;
    const failures: Partial<Record<ProblemKind, number>> = {};
    for (;;) {
      // Also where a connection came about, but broke before the other page spoke on it.
      if (this.#dials > 0) await sleep(retryDelay(this.#dials - 1));
      if (this.#released) break;
      this.#dials++;
      try {
        await this.#room.verify(await this.#dialler.dial());
        break;
      } catch (error) {
        if (error instanceof VerificationError) {
          this.#room.refuse(error);
          break;
        }
        if (error instanceof ConnectProblem && !this.#room.known()) {
          failures[error.kind] = (failures[error.kind] ?? 0) + 1;
          if ((failures[error.kind] ?? 0) >= mostTries[error.kind]) this.#room.refuse(error);
        }
      }
    }
    this.#seeking = false;
  }

  found(): void {
    this.#dials = 0;
  }

  leave(): void {
    this.#released = true;
    setTimeout(() => this.#dialler.close(), CLOSE_AFTER_MS);
  }
}
