/** Lies that would open a cell if a line of the owner's arithmetic were missing: each takes the strongest researcher that there could be. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { HeContext } from '../seal/context.ts';
import type { Ciphertext } from '../seal/library.ts';
import { type ParameterSet, TALLY } from '../seal/parameters.ts';
import { add, subtract } from '../seal/plain-field.ts';
import { PublicSide } from '../seal/public-side.ts';
import { withScope } from '../seal/scope.ts';
import { madeUpAgreement, madeUpRows } from '../testing/made-up-tally.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { TallyParties } from '../testing/tally-parties.ts';
import { gateSlotsOf } from './layout.ts';
import { decryptSlots } from './receiver.ts';
import { sumSlots } from './sums-sender.ts';

let contextOf: (parameters: ParameterSet) => HeContext;
let parties: TallyParties;
beforeAll(async () => {
  contextOf = await testContexts();
  parties = await TallyParties.create(contextOf);
}, 60_000);

/** A researcher whose relinearisation keys make any product come out as its first factor. No known keys do that. */
class FirstFactor extends PublicSide {
  override multiply(a: Ciphertext, _b: Ciphertext): Ciphertext {
    return a.copy();
  }
}

describe('keys with which a product comes out as its first factor', () => {
  const agreement = madeUpAgreement({ groups: [8], payloads: 0, dataRows: 1000, minimum: 3, complete: true });
  const made = madeUpRows(agreement, 1000, { missing: 0 });
  const rows = { ...made, groups: [Uint16Array.from({ length: 1000 }, (_, row) => row % 8)] };

  it('open no cell below the minimum at the release', () => {
    withScope((keep) => {
      const gateKeys = keep(new FirstFactor(contextOf(TALLY), parties.secret.createPublicKeys()));
      // One row in each group; with w = 1 the release would be share + R1 - R1.
      const matched = [0, 1, 2, 3, 4, 5, 6, 7];
      const { unsealed, sealed } = parties.run(agreement, rows, matched, {
        gateKeys,
        inverses: (f) => f.map(() => 1),
      });
      expect(sealed).not.toContain(false);
      for (const value of unsealed) expect(value).toBeGreaterThan(1000);
    });
  });
});

it('what the gate adds to a check that is not the researcher’s is not what the release adds', () => {
  const groups = 64;
  const agreement = madeUpAgreement({ groups: [groups], payloads: 0, dataRows: 200, minimum: 2, complete: true });
  const made = madeUpRows(agreement, groups, { missing: 0 });
  const rows = { ...made, groups: [Uint16Array.from({ length: groups }, (_, row) => row)] };
  const few = Array.from({ length: groups }, (_, row) => row);
  // One row in each group. The researcher moves the check of its first slot: where that is compared with one, f is D alone there,
  // which is not zero, so that they have its inverse; and the second slot opens to everybody.
  const { padded, gateSeen, release, layout } = parties.run(agreement, rows, few, {
    checkSlots: (slots) => {
      for (let slot = 0; slot < slots.length; slot += 2) slots[slot] = add(slots[slot] as number, 1);
    },
  });
  const shares = decryptSlots(parties.secret, layout, release);
  const opened = (known: (slot: number) => number) => {
    const less = shares.map((share, slot) => subtract(share, slot % 2 === 0 ? known(slot) : 0));
    return layout.released.map((index, released) => {
      const own = less.subarray(...gateSlotsOf(layout, released));
      return subtract(padded[index] as number, sumSlots(own, 0, own.length));
    });
  };
  // About half of them would be 1: if the release added the same, and if it added nothing.
  for (const counts of [opened((slot) => gateSeen[slot] as number), opened(() => 0)]) {
    expect(counts.filter((count) => count === 1).length).toBeLessThan(3);
  }
});

it('a count and its check moved together spoil the cell', () => {
  const agreement = madeUpAgreement({ groups: [4], payloads: 0, dataRows: 1000, minimum: 3, complete: true });
  const made = madeUpRows(agreement, 1000, { missing: 0 });
  const rows = { ...made, groups: [Uint16Array.from({ length: 1000 }, (_, row) => row % 4)] };
  const matched = Array.from({ length: 40 }, (_, row) => row);
  for (const times of [1, 2, 0]) {
    const { unsealed } = parties.run(agreement, rows, matched, {
      counts: (padded, layout) => {
        for (const [i, { kind }] of layout.statistics.entries()) {
          if (kind === 'count') padded[i] = add(padded[i] as number, 5);
          if (kind === 'check') padded[i] = add(padded[i] as number, 5 * times);
        }
      },
    });
    for (const count of unsealed) expect(count).toBeGreaterThan(1000);
  }
});
