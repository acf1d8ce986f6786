/** What a researcher who lies gets out of the sealed tally: the table over one set of rows, or noise. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { HeContext } from '../seal/context.ts';
import { type ParameterSet, PLAIN_MODULUS, TALLY } from '../seal/parameters.ts';
import { add, invert, multiply, subtract } from '../seal/plain-field.ts';
import { PublicSide } from '../seal/public-side.ts';
import { withScope } from '../seal/scope.ts';
import { forgeRelinKeys } from '../testing/forged-keys.ts';
import { madeUpAgreement, madeUpRows, madeUpSlots, plaintextTable } from '../testing/made-up-tally.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { type Cheats, TallyParties } from '../testing/tally-parties.ts';
import { resultRows } from './figures.ts';
import { layTally } from './layout.ts';
import { selectMatched } from './receiver.ts';

let contextOf: (parameters: ParameterSet) => HeContext;
let parties: TallyParties;
beforeAll(async () => {
  contextOf = await testContexts();
  parties = await TallyParties.create(contextOf);
}, 60_000);

describe('a researcher who lies gets noise', () => {
  const agreement = madeUpAgreement({ groups: [4], payloads: 1, dataRows: 3000, minimum: 10 });
  const rows = madeUpRows(agreement, 3000, { missing: 0 });
  const matched = Array.from({ length: 200 }, (_, i) => i);
  let honest: readonly number[] = [];
  const seen = (i: number) => rows.slotOf[matched[i] as number] as number;
  const unseen = rows.slotOf[2500] as number;
  const vacant =
    layTally(agreement).slots -
    1 -
    [...rows.slotLabels.keys()].reverse().findIndex((slot) => !rows.slotOf.includes(slot));
  const range = (slot: number): [number, number] => [slot, slot + 1];
  const eachBlock = (blocks: number, change: (block: number) => void) => {
    for (let block = 0; block < blocks; block++) change(block);
  };
  const raise = (values: Float64Array | undefined, slot: number, by: number) =>
    values?.fill(add(values[slot] as number, by), ...range(slot));
  beforeAll(() => {
    const { sealed, released } = parties.run(agreement, rows, matched);
    expect(sealed.includes(true)).toBe(false);
    honest = released as number[];
  }, 60_000);

  it('one slot that is no bit spoils every cell of its block', () => {
    const { unsealed, layout } = parties.run(agreement, rows, matched, {
      bits: (lay, bits) => {
        for (let block = 0; block < lay.blocks; block++) {
          const values = bits[0] as Float64Array;
          values[block * lay.slots + (rows.slotOf[0] as number)] = 50;
        }
      },
    });
    expect(unsealed.length).toBe(layout.released.length);
    expect(unsealed.filter((value, i) => value === honest[i])).toEqual([]);
    expect(() => resultRows(agreement, layout, unsealed, [matched.length], () => 0.5)).toThrow('impossible');
  });

  // One worker has the squares, which alone find a weight with its label as often; another has the labels.
  it.each([
    ['no bit', 0],
    ['no bit', 1],
    ['not seen', 0],
    ['not seen', 1],
  ])('one slot that is %s is found in ciphertext %i, whichever worker tests that', (what, chunk) => {
    const long = madeUpAgreement({ groups: [4], payloads: 1, dataRows: 20_000, minimum: 10 });
    const { unsealed, layout } = parties.run(long, madeUpRows(long, 20_000), matched, {
      bits: (_, bits, labels) => {
        const [own, shown] = [bits[chunk], labels[chunk]] as [Float64Array, Float64Array];
        const slot = own.indexOf(what === 'no bit' ? 1 : 0);
        own[slot] = what === 'no bit' ? 50 : 1;
        shown[slot] = multiply(50, shown[slot] as number);
      },
    });
    expect(layout.chunks).toBe(2);
    expect(() => resultRows(long, layout, unsealed, [matched.length], () => 0.5)).toThrow('impossible');
  });

  it.each<[string, (...all: Parameters<NonNullable<Cheats['bits']>>) => unknown]>([
    ['all ones', (_, bits) => bits.map((chunk) => chunk.fill(1))],
    ['all ones in place of labels too', (_, bits, labels) => [...bits, ...labels].map((chunk) => chunk.fill(1))],
    [
      'one more row, whose label the researcher has not seen',
      ({ blocks, slots }, [bits]) => eachBlock(blocks, (b) => bits?.fill(1, ...range(b * slots + unseen))),
    ],
    [
      'one more row, of whose label the researcher knows the slot',
      ({ blocks, slots }, [bits], [labels]) =>
        eachBlock(blocks, (b) => {
          bits?.fill(1, ...range(b * slots + unseen));
          labels?.fill(unseen, ...range(b * slots + unseen));
        }),
    ],
    [
      'a slot that has no row',
      ({ blocks, slots }, [bits]) => eachBlock(blocks, (b) => bits?.fill(1, ...range(b * slots + vacant))),
    ],
    [
      'a label that is one too high',
      ({ blocks, slots }, _, [labels]) => eachBlock(blocks, (b) => raise(labels, b * slots + seen(0), 1)),
    ],
    [
      'labels that are wrong only by themselves, not in their sum',
      ({ blocks, slots }, _, [labels]) =>
        eachBlock(blocks, (b) => {
          raise(labels, b * slots + seen(0), 1);
          raise(labels, b * slots + seen(1), PLAIN_MODULUS - 1);
        }),
    ],
    [
      'labels where no bit is',
      ({ blocks, slots }, _, [labels]) => eachBlock(blocks, (b) => raise(labels, b * slots + unseen, 7)),
    ],
    ['bits without their labels', (_, __, labels) => labels.map((chunk) => chunk.fill(0))],
  ])('about the rows that the researcher has seen: %s', (_what, bits) => {
    const { unsealed, layout } = parties.run(agreement, rows, matched, { bits: (...all) => void bits(...all) });
    expect(layout.blocks).toBe(4);
    expect(unsealed.filter((value, i) => value === honest[i] || value < rows.slotOf.length)).toEqual([]);
  });

  it('another block’s rows spoil that block and only that', () => {
    const { unsealed, layout } = parties.run(agreement, rows, matched, {
      bits: ({ slots }, [bits]) => void bits?.fill(1, ...range(slots + unseen)),
    });
    for (const [slot, index] of layout.released.entries()) {
      if (layout.statistics[index]?.block === 1) expect(unsealed[slot]).not.toBe(honest[slot]);
      else expect(unsealed[slot]).toBe(honest[slot]);
    }
  });

  it('a part of what the researcher has seen is all that they may choose: another in another block too', () => {
    const few = matched.slice(0, 150);
    const { unsealed, layout } = parties.run(agreement, rows, matched, {
      bits: (lay, [bits], [labels]) => {
        for (const row of matched.slice(150)) {
          for (const values of [bits, labels]) values?.fill(0, ...range(lay.slots + (rows.slotOf[row] as number)));
        }
      },
    });
    for (const [slot, index] of layout.released.entries()) {
      const { cell, kind, block } = layout.statistics[index] as (typeof layout.statistics)[number];
      if (kind !== 'count') continue;
      const group = layout.cells[cell]?.group;
      const among = block === 1 ? few : matched;
      expect(unsealed[slot]).toBe(among.filter((row) => rows.groups[0]?.[row] === group).length);
    }
  });

  it('a count raised after decryption spoils that cell and only that cell', () => {
    const { unsealed, layout } = parties.run(agreement, rows, matched, {
      counts: (padded, lay) => {
        const index = lay.statistics.findIndex((s) => s.cell === 0 && s.kind === 'count');
        padded[index] = add(padded[index] as number, 1000);
      },
    });
    for (const [slot, index] of layout.released.entries()) {
      if (layout.statistics[index]?.cell === 0) expect(unsealed[slot]).not.toBe(honest[slot]);
      else expect(unsealed[slot]).toBe(honest[slot]);
    }
  });

  it('a check altered without its key spoils the cell', () => {
    const { unsealed, layout } = parties.run(agreement, rows, matched, {
      counts: (padded, lay) => {
        const index = lay.statistics.findIndex((s) => s.cell === 1 && s.kind === 'check');
        padded[index] = add(padded[index] as number, 1);
      },
    });
    const changed = layout.released.flatMap((index, slot) =>
      unsealed[slot] === honest[slot] ? [] : [layout.statistics[index]?.cell],
    );
    expect(new Set(changed)).toEqual(new Set([1]));
  });

  it('wrong inverses spoil every cell', () => {
    const { unsealed } = parties.run(agreement, rows, matched, { inverses: (f) => f.map((value) => add(value, 1)) });
    expect(unsealed.filter((value, i) => value === honest[i])).toEqual([]);
  });

  it('below the minimum, the release is noise whatever the researcher claims', () => {
    const few = matched.slice(0, 12);
    const layout = layTally(agreement);
    const counts = plaintextTable(agreement, rows, few);
    expect(counts.some((row) => row.count === undefined)).toBe(true);
    const claims: ((f: Float64Array) => Float64Array)[] = [
      (f) => f.map(() => 1),
      (f) => f.map(() => 0),
      // The inverses of an honest researcher, and others where the gate says no.
      (f) => f.map((value) => (value === 0 ? 0 : invert(value))),
      (f) => f.map((value) => (value === 0 ? 1 : invert(value))),
    ];
    for (const inverses of claims) {
      const { unsealed, sealed, padded, pads } = parties.run(agreement, rows, few, { inverses });
      const off: number[] = [];
      for (const [slot, index] of layout.released.entries()) {
        if (!sealed[slot]) continue;
        const truth = subtract(padded[index] as number, pads.pads[index] as number);
        off.push(subtract(unsealed[slot] as number, truth));
        if (layout.statistics[index]?.kind === 'count') expect(unsealed[slot]).toBeGreaterThan(few.length);
      }
      // Neither the truth nor the same distance from it twice, nor a distance that could be guessed.
      expect(new Set(off).size).toBe(off.length);
      for (const distance of off) expect(Math.min(distance, PLAIN_MODULUS - distance)).toBeGreaterThan(1000);
    }
  });

  it('the gate tells nothing of a count that is not the researcher’s: moved, it cannot be told from zero or from any other', () => {
    const few = matched.slice(0, 12);
    const { sealed } = parties.run(agreement, rows, few, {
      counts: (padded, lay) => {
        // Moved up by k - 1, a count is below the minimum only where it was zero.
        for (const [i, { kind }] of lay.statistics.entries()) {
          if (kind === 'count') padded[i] = add(padded[i] as number, agreement.terms.minimumGroupSize - 1);
        }
      },
    });
    expect(sealed.includes(true)).toBe(false);
    const nobody = parties.run(agreement, rows, [], {
      counts: (padded, lay) => {
        for (const [i, { kind }] of lay.statistics.entries())
          if (kind === 'count') padded[i] = add(padded[i] as number, 1);
      },
    });
    expect(nobody.sealed.includes(true)).toBe(false);
  });
});

it('a count that is right in all slots but one opens nothing, wherever it is wrong', () => {
  const agreement = madeUpAgreement({ groups: [2], payloads: 0, dataRows: 400, minimum: 2 });
  const slots = madeUpSlots(4, layTally(agreement).slots);
  const rows = { groups: [Uint16Array.of(0, 1, 1, 1)], payloads: [], ...slots };
  for (const slot of [0, 0, 0, 0, 1, 1, 1, 1]) {
    const { unsealed } = parties.run(agreement, rows, [0, 1, 2, 3], {
      countSlots: (slots) => {
        slots[slot] = add(slots[slot] as number, 5);
      },
    });
    expect(unsealed[0]).not.toBe(1);
    expect(unsealed[1]).toBe(3);
  }
});

describe('a researcher who forges relinearisation keys gets noise', () => {
  const agreement = madeUpAgreement({ groups: [4], payloads: 1, dataRows: 3000, minimum: 10 });
  const rows = madeUpRows(agreement, 3000, { missing: 0 });
  const layout = layTally(agreement);

  it('keys that move what the release multiplies open no cell below the minimum', () => {
    withScope((keep) => {
      const { publicKey, relinKeys } = parties.secret.createPublicKeys();
      const forged = forgeRelinKeys(contextOf(TALLY), relinKeys, new Float64Array(TALLY.degree).fill(1));
      const gateKeys = keep(new PublicSide(contextOf(TALLY), { publicKey, relinKeys: forged }));
      const few = [0, 1, 2];
      const truth = plaintextTable({ ...agreement, terms: { ...agreement.terms, minimumGroupSize: 0 } }, rows, few);
      // Nor do honest keys: what is noise for the keys' sake alone would hide that.
      for (const cheats of [{ gateKeys }, {}]) {
        const { unsealed } = parties.run(agreement, rows, few, cheats);
        for (const [slot, index] of layout.released.entries()) {
          const { cell, kind } = layout.statistics[index] as (typeof layout.statistics)[number];
          if (kind === 'count') expect(unsealed[slot]).not.toBe(truth[layout.cells[cell]?.group as number]?.count);
        }
      }
    });
  });

  it('keys that make a square look like its root let no weight pass for a bit', () => {
    withScope((keep) => {
      const context = contextOf(TALLY);
      const { secret } = parties;
      const { publicKey, relinKeys } = secret.createPublicKeys();
      const keysOf = (shift: Float64Array) =>
        keep(new PublicSide(context, { publicKey, relinKeys: forgeRelinKeys(context, relinKeys, shift) }));
      // One row, with the weight of fifty.
      const slot = rows.slotOf[0] as number;
      const { bits, labels } = selectMatched(layout, [{ slot, label: rows.slotLabels[slot] as number, stratum: 0 }]);
      const [[first]] = bits as [[Float64Array]];
      const weights = first.map((bit) => 50 * bit);
      const query = secret.encrypt(weights);
      // With a label fifty times over, what ties the slot is zero.
      const shown = secret.encrypt((labels[0] as Float64Array).map((seen) => multiply(50, seen)));
      // How a shift by one shows in the researcher's own square tells them what to shift by.
      const probe = keysOf(new Float64Array(TALLY.degree).fill(1));
      const shifted = secret.decrypt(probe.seal(keep(probe.square(keep(probe.load(query))))));
      const shift = weights.map((weight, i) => {
        const response = subtract(shifted[i] as number, multiply(weight, weight));
        return weight === 0
          ? 0
          : multiply((weight - multiply(weight, weight) + PLAIN_MODULUS) % PLAIN_MODULUS, invert(response));
      });
      const sumsKeys = keysOf(shift);
      expect(secret.decrypt(sumsKeys.seal(keep(sumsKeys.square(keep(sumsKeys.load(query))))))).toEqual(weights);

      const { unsealed } = parties.run(agreement, rows, [], { sumsKeys, queries: [query, shown] });
      expect(unsealed.filter((value) => value === 50)).toEqual([]);
      expect(() => resultRows(agreement, layout, unsealed, [50], () => 0.5)).toThrow('impossible');
    });
  });
});
