/** What happens in one simulated session: everything but secret randomness follows from it. */
import fc from 'fast-check';
import { WINDOW_BYTES } from '../../channel/outbox.ts';
import type { Role } from '../../net/room-api.ts';

/**
 * What befalls the n-th frame that is sent. The first four can happen to any connection; the others break what WebRTC
 * promises, or are a peer's doing.
 */
export const FAULTS = ['cut', 'outage', 'silence', 'delay', 'drop', 'duplicate', 'reorder', 'truncate'] as const;
/** What people and machines do when the n-th frame is sent. */
export const EVENTS = ['cancel', 'workers die', 'new terms', 'new list', 'decline', 'sleep', 'page closes'] as const;

export type Kind = (typeof FAULTS)[number] | (typeof EVENTS)[number];

export interface Incident {
  /** The frame, counted over the whole session and both directions. */
  readonly frame: number;
  readonly kind: Kind;
  /** Milliseconds of an outage, a delay or a sleep; bytes cut off a frame. */
  readonly amount: number;
  /** Whose doing it is, of events. */
  readonly by: Role;
}

export interface Plan {
  readonly seed: number;
  /** Blobs of their real sizes; otherwise their padding stays off the wire. */
  readonly fullSize: boolean;
  readonly bands: number;
  /** Bytes that a side sends ahead of the other's acknowledgement. */
  readonly windowBytes: number;
  /** Workers of the researcher and of the owner. */
  readonly workers: readonly [number, number];
  /** Milliseconds a frame takes. */
  readonly latency: number;
  /** Who calls the other when a connection is gone. */
  readonly dialler: Role;
  /** Milliseconds after which a side that is done leaves the room, or closes its page and with it all that is unsaid. */
  readonly stays: readonly [number, number];
  readonly closesPage: readonly [boolean, boolean];
  /** How often a person who is asked keeps trying before giving up. */
  readonly patience: readonly [number, number];
  readonly incidents: readonly Incident[];
}

const role = fc.constantFrom<Role>('researcher', 'owner');
const FRAMES = 110;
const TWO_MINUTES = 120_000;
/** Enough for all that a plan holds: who has it never gives up on a connection that comes back. */
export const PATIENT = 15;

const incident: fc.Arbitrary<Incident> = fc.record({
  frame: fc.nat(FRAMES),
  kind: fc.oneof(
    { arbitrary: fc.constantFrom<Kind>(...FAULTS), weight: 5 },
    { arbitrary: fc.constantFrom<Kind>(...EVENTS), weight: 1 },
  ),
  amount: fc.oneof({ arbitrary: fc.nat(3_000), weight: 2 }, { arbitrary: fc.nat(200_000), weight: 1 }),
  by: role,
});

/** What people do on a connection that stands. */
const people: fc.Arbitrary<Incident> = fc.record({
  frame: fc.nat(FRAMES),
  kind: fc.constantFrom<Kind>('cancel', 'workers die', 'decline'),
  amount: fc.constant(0),
  by: role,
});

/** Connections that come and go and nothing worse: a session under these alone must end in a result, if it gets the time. */
const weather: fc.Arbitrary<Incident> = fc.record({
  frame: fc.nat(FRAMES),
  kind: fc.constantFrom<Kind>('cut', 'outage', 'silence', 'delay', 'sleep'),
  amount: fc.oneof({ arbitrary: fc.nat(20_000), weight: 4 }, { arbitrary: fc.constant(TWO_MINUTES), weight: 1 }),
  by: role,
});

export const plans: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(),
  fullSize: fc.nat(99).map((n) => n === 99),
  bands: fc.oneof(
    { arbitrary: fc.integer({ min: 2, max: 9 }), weight: 4 },
    // So many that two share a table, and with an odd number the last has one by itself.
    { arbitrary: fc.integer({ min: 24, max: 27 }), weight: 1 },
  ),
  windowBytes: fc.constantFrom(1024, 4096, WINDOW_BYTES),
  workers: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  latency: fc.integer({ min: 1, max: 400 }),
  dialler: role,
  stays: fc.tuple(fc.nat(5_000), fc.nat(5_000)),
  closesPage: fc.oneof(
    { arbitrary: fc.constant<[boolean, boolean]>([false, false]), weight: 2 },
    { arbitrary: fc.tuple(fc.boolean(), fc.boolean()), weight: 1 },
  ),
  patience: fc.oneof(fc.constant<[number, number]>([PATIENT, PATIENT]), fc.tuple(fc.nat(2), fc.nat(2))),
  incidents: fc.oneof(
    { arbitrary: fc.array(incident, { maxLength: 4 }), weight: 4 },
    { arbitrary: fc.array(weather, { minLength: 1, maxLength: 10 }), weight: 4 },
    { arbitrary: fc.array(people, { minLength: 1, maxLength: 1 }), weight: 1 },
  ),
});
