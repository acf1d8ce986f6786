/** What a researcher can read of the sealed tally beyond the table: it is uniform, whatever the rows are. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { HeContext } from '../seal/context.ts';
import { type ParameterSet, TALLY } from '../seal/parameters.ts';
import { add, invert, multiply, subtract } from '../seal/plain-field.ts';
import { madeUpAgreement, madeUpRows } from '../testing/made-up-tally.ts';
import { testContexts } from '../testing/seal-contexts.ts';
import { seedTheSource } from '../testing/seeded-source.ts';
import { TallyParties } from '../testing/tally-parties.ts';
import { expectEvenCounts, expectUniform } from '../testing/uniformity.ts';
import { gateSlotsOf, type TallyLayout } from './layout.ts';
import { decryptSlots } from './receiver.ts';

const GROUPS = 64;
const MINIMUM = 8;

let contextOf: (parameters: ParameterSet) => HeContext;
let parties: TallyParties;
beforeAll(async () => {
  seedTheSource();
  contextOf = await testContexts();
  parties = await TallyParties.create(contextOf);
}, 60_000);

const agreement = madeUpAgreement({ groups: [GROUPS], payloads: 1, dataRows: 1000, minimum: MINIMUM, complete: true });
const slots = 1000;
const made = madeUpRows(agreement, slots, { missing: 0 });
/** Group g has g modulo 16 rows among the matched. */
const groupOf = Array.from({ length: GROUPS }, (_, group) => new Array<number>(group % 16).fill(group)).flat();
const rows = { ...made, groups: [Uint16Array.from({ length: slots }, (_, row) => groupOf[row] ?? 0)] };
const matched = [...groupOf.keys()];

const differences = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, i) => subtract(value, b[i] as number));
const ofKind = <T>({ layout, values }: { layout: TallyLayout; values: readonly T[] }, kind: 'count' | 'sum') =>
  layout.released.flatMap((index, i) => (layout.statistics[index]?.kind === kind ? [values[i] as T] : []));

describe('an honest researcher reads', () => {
  let run: ReturnType<TallyParties['run']>;
  beforeAll(() => {
    run = parties.run(agreement, rows, matched);
    const opened = ofKind({ layout: run.layout, values: run.released }, 'count');
    expect(opened).toEqual(
      Array.from({ length: GROUPS }, (_, group) => (group % 16 < MINIMUM ? undefined : group % 16)),
    );
  }, 60_000);

  it('uniform slots in every answer of step 2, and nothing in the differences of answers', () => {
    const answers = run.answers.map((answer) => parties.secret.decrypt(answer));
    for (const [i, answer] of answers.entries()) {
      expectUniform(answer, `answer ${i}`);
      for (const other of answers.slice(0, i)) expectUniform(differences(answer, other), `answer ${i} less another`);
    }
  });

  it('uniform sums of blocks', () => {
    expectUniform(run.padded, 'padded sums');
  });

  it('a uniform f in every slot of the gate that is not zero', () => {
    expectUniform(
      run.gateSeen.filter((f) => f !== 0),
      'f',
    );
  });

  it('uniform shares of every pad', () => {
    expectUniform(decryptSlots(parties.secret, run.layout, run.release), 'shares');
  });
});

describe('of groups of nobody an honest researcher reads', () => {
  let run: ReturnType<TallyParties['run']>;
  beforeAll(() => {
    run = parties.run(agreement, rows, []);
    expect(run.sealed).not.toContain(false);
  }, 60_000);

  it('a zero of f in a slot by lot', () => {
    const counts = new Float64Array(MINIMUM);
    for (const released of run.layout.released.keys()) {
      const own = run.gateSeen.subarray(...gateSlotsOf(run.layout, released));
      const at = own.indexOf(0);
      counts[at] = (counts[at] as number) + 1;
    }
    expectEvenCounts(counts, 'places of zeros');
  });

  it('uniform figures where the researcher does not heed the gate, with the inverses that are due', () => {
    expectUniform(run.unsealed, 'figures');
  });
});

describe('what drowns the sums of a researcher who lies differs from block to block and from answer to answer', () => {
  /** `lie` gives what the researcher says of a slot: its bit and its label, where they have seen `label`. */
  function drowned(lie: (label: number) => [bit: number, label: number]): number[] {
    const slot = rows.slotOf[slots - 1] as number;
    const label = rows.slotLabels[slot] as number;
    const { padded, pads, layout } = parties.run(agreement, rows, [], {
      bits: (lay, bits, labels) => {
        for (let block = 0; block < lay.blocks; block++) {
          const at = block * lay.slots + slot;
          [(bits[0] as Float64Array)[at], (labels[0] as Float64Array)[at]] = lie(label);
        }
      },
    });
    // The row of that slot is in group 0, whose sums it moves.
    const others = [...layout.statistics.keys()].filter(
      (i) => layout.cells[layout.statistics[i]?.cell as number]?.group !== 0,
    );
    return others.map((i) => subtract(padded[i] as number, pads.pads[i] as number));
  }

  it('where a weight passes for a bit', () => {
    expectUniform(
      drowned((label) => [50, multiply(50, label)]),
      'sums of a weight',
    );
  });

  it('where a label is wrong', () => {
    expectUniform(
      drowned((label) => [1, add(label, 1)]),
      'sums of a row that the researcher has not seen',
    );
  });
});

describe('lies that make up for each other spoil the block all the same', () => {
  /** Two numbers that are no bits, with a^2 - a + b^2 - b = 0: two fifths and minus a fifth. */
  const WEIGHTS = [multiply(2, invert(5)), subtract(0, invert(5))] as const;
  const long = madeUpAgreement({ groups: [2], payloads: 0, dataRows: 40_000, minimum: 2 });
  const longRows = madeUpRows(long, 40_000, { missing: 0 });

  /** Lies in the same slot of two ciphertexts, or in two slots of one: the count of each group, as the researcher reads it. */
  function countsWith(places: readonly number[], lie: (place: number, label: number) => [bit: number, label: number]) {
    const { unsealed, padded, pads, layout } = parties.run(long, longRows, [], {
      bits: (_, bits, labels) => {
        for (const [i, slot] of places.entries()) {
          const [chunk, at] = [Math.floor(slot / TALLY.degree), slot % TALLY.degree];
          const [bit, label] = lie(i, longRows.slotLabels[slot] as number);
          (bits[chunk] as Float64Array)[at] = bit;
          (labels[chunk] as Float64Array)[at] = label;
        }
      },
    });
    expect(unsealed.length).toBe(2);
    expect(layout.chunks).toBe(3);
    return layout.statistics.flatMap(({ kind }, i) =>
      kind === 'count' ? [subtract(padded[i] as number, pads.pads[i] as number)] : [],
    );
  }

  const PLACES: [string, readonly number[]][] = [
    ['two slots of a ciphertext', [3, 4]],
    ['the same slot of two ciphertexts', [3, TALLY.degree + 3]],
  ];

  it.each(PLACES)('weights in %s', (_where, places) => {
    const counts = countsWith(places, (i, label) => [WEIGHTS[i] as number, multiply(WEIGHTS[i] as number, label)]);
    const possible = [0, ...WEIGHTS, add(...WEIGHTS)];
    for (const count of counts) expect(possible).not.toContain(count);
  });

  it.each(PLACES)('wrong labels in %s', (_where, places) => {
    const counts = countsWith(places, (i, label) => [1, i === 0 ? add(label, 1) : subtract(label, 1)]);
    for (const count of counts) expect(count).toBeGreaterThan(2);
  });

  it('the numbers are what they should be', () => {
    const [a, b] = WEIGHTS.map((weight) => subtract(multiply(weight, weight), weight)) as [number, number];
    expect(add(a, b)).toBe(0);
    expect(a).not.toBe(0);
  });
});
