/** Bounds, kinds and places taken for others: the first and the last of a list, one number below the minimum, one kind of noise for another. */
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';

const LAYOUT = 'src/tally/layout.test.ts';
const PLAN = 'src/tally/noise-plan.test.ts';
const FIGURES = 'src/tally/figures.test.ts';
const COMPARED = 'a figure is compared with every number below the minimum, nobody among them in its own cell';
const OWN_SIZE = 'counts, sums and sums of squares each get noise of their own size';
const IMPOSSIBLE = 'refuses what cannot be: more people than matched, or a sum beyond what so many can have';
const ROUNDED = 'rounds counts to the base, the rest to the decimals of the values';

export const BOUND_MUTANTS: readonly Mutant[] = [
  ...mutantsOf('src/seal/random.ts', 'src/seal/random.test.ts', [
    [
      'the last element is zero',
      'for (let i = 0; i < count; i++) values[i] = randomElement();',
      'for (let i = 0; i < count - 1; i++) values[i] = randomElement();',
      'The last pad, share and slot of a mask hide nothing',
      'every place of a list of elements is drawn, the first and the last too',
    ],
  ]),
  ...mutantsOf('src/psi/placement.ts', 'src/psi/uniformity.test.ts', [
    [
      'who comes first to a full bin finds a place',
      'load < capacity ? load : randomBelow(load + 1)',
      'load < capacity ? load : randomBelow(load)',
      'Later rows of the file displace earlier ones: what is missing tells of their order',
      'of a bin that is full is drawn by lot, and so is the segment',
    ],
  ]),
  ...mutantsOf('src/psi/label-check.ts', 'src/psi/label-check.test.ts', [
    [
      'a label is confirmed by the answer to another',
      'values.subarray(i * each, (i + 1) * each)',
      'values.subarray(i * each)',
      'A label that is none is taken for one, and the table is noise',
      'a label is confirmed where the answer to its own key shows it',
    ],
  ]),
  ...mutantsOf('src/tally/cells.ts', LAYOUT, [
    [
      'a group of nobody opens',
      'const own = { cell, from: 0 as const };',
      'const own = { cell, from: 1 as const };',
      'Which of the groups below the minimum have nobody',
      COMPARED,
    ],
  ]),
  ...mutantsOf('src/tally/layout.ts', LAYOUT, [
    [
      'a gate without a slot for the last number below the minimum',
      'slots + minimum - from, 0)',
      'slots + minimum - from - 1, 0)',
      'Groups of one below the minimum',
      COMPARED,
    ],
    [
      'conditions that share a slot',
      'slot += layout.minimum - condition.from;',
      'slot += layout.minimum - condition.from - 1;',
      'Columns of which one row less than the minimum lacks a value',
      COMPARED,
    ],
  ]),
  ...mutantsOf('src/tally/statistic-vectors.ts', LAYOUT, [
    [
      'rows with a label that is not agreed',
      'if (code >= labels.length) throw',
      'if (code > labels.length) throw',
      'People of a group that the agreement does not name count in another',
      'a row with a label that is not agreed is refused',
    ],
  ]),
  ...mutantsOf('src/tally/noise-plan.ts', PLAN, [
    [
      'noise for a whole number of steps less than a row adds',
      'const units = roundToStep(largest, step);',
      'const units = largest / step;',
      'More than epsilon, of the rows with the largest values',
      'a row adds no more to a figure than its noise was made for',
    ],
  ]),
  ...mutantsOf('src/tally/pads.ts', PLAN, [
    [
      'noise of sums for sums of squares',
      "(kind === 'sum' ? plan.sums : plan.squares)[payload]",
      "(kind === 'sum' ? plan.sums : plan.sums)[payload]",
      'Sums of squares all but exact, in spite of the agreed noise',
      OWN_SIZE,
    ],
    [
      'hardly any noise on counts',
      "kind === 'count' ? plan.count",
      "kind === 'count' ? { ...plan.count, scale: { numerator: 1n, denominator: 1000n } }",
      'Exact counts, in spite of the agreed noise',
      OWN_SIZE,
    ],
  ]),
  ...mutantsOf('src/tally/figures.ts', FIGURES, [
    [
      'the same lots in every stratum',
      'lot(stratum * groups.length + group)',
      'lot(group)',
      'A group that is hidden in two strata is likely to be the withheld one in both',
      'draws another lot in every stratum',
    ],
    [
      'more people than matched',
      'count <= matches + tail && ',
      '',
      'A figure that an owner made up is shown as a result',
      IMPOSSIBLE,
    ],
    [
      'sums beyond the range',
      'sum === undefined || (!noise && sum > BigInt(count) * largest)',
      'sum === undefined',
      'A figure that an owner made up is shown as a result',
      IMPOSSIBLE,
    ],
    [
      'exact counts of groups beside rounded figures',
      "exact !== undefined && perturbation?.kind === 'rounding'",
      "exact === undefined && perturbation?.kind === 'rounding'",
      'The exact count, to whoever reads the table',
      ROUNDED,
    ],
    [
      'exact figures in spite of rounding',
      "perturbation?.kind === 'rounding' ? roundFigures(exact, column, perturbation.base) : exact",
      "perturbation?.kind === 'noise' ? exact : exact",
      'The exact count and mean, to whoever reads the table',
      ROUNDED,
    ],
  ]),
  ...mutantsOf('src/tally/rounding.ts', FIGURES, [
    [
      'exact deviations beside rounded counts',
      'sd: toDecimals(exact.sd)',
      'sd: exact.sd',
      'The exact count, by what the deviation was divided by',
      ROUNDED,
    ],
    [
      'exact means beside rounded counts',
      'const mean = toDecimals(exact.mean);',
      'const mean = exact.mean;',
      'The exact count, by what the mean was divided by',
      ROUNDED,
    ],
    [
      'sums of the exact count',
      'toDecimals(count * mean)',
      'toDecimals(exact.count * mean)',
      'The exact count: sum over mean',
      ROUNDED,
    ],
  ]),
];
