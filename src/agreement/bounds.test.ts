import { expect, it } from 'vitest';
import { checked } from '../parsing/checked.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { agreementSchema } from './agreement.ts';

const made = madeUpAgreement({ groups: [2], payloads: 1, dataRows: 500, minimum: 10 });
const times = <T>(count: number, value: T) => Array.from({ length: count }, () => value);
const counting = (count: number, from = 0) => Array.from({ length: count }, (_, i) => i + from);
const letters = (count: number) => 'a'.repeat(count);
const band = { fields: [{ field: 0, picks: [1] }] };
const column = { name: 'ward', labels: ['North'] };
const payload = { name: 'weight', minimum: 0, maximum: 200, decimals: 1, complete: true };
const table = (groups: number[], payloads: number[]) => ({ groups, payloads });
/** Columns and tables that name each of them, as terms must. */
const tables = (count: number, groups: number, payloads: number) => ({
  groups: times(groups, column),
  payloads: times(payloads, payload),
  tables: counting(count).map((i) =>
    table(counting(Math.max(0, Math.min(2, groups - 2 * i)), 2 * i), counting(payloads)),
  ),
});

const whole = {
  terms: {
    ...made.terms,
    fields: [
      { name: 'surname', type: 'name', digits: 5, dateOrder: 'dmy' },
      { name: 'first name', type: 'name' },
    ],
    keys: {
      source: 'minhash',
      seed: '0123456789abcdef'.repeat(2),
      bands: [band, { fields: [{ field: 1, picks: [1], grams: 2 }] }],
      joined: [0, 1],
      lookAlikes: [0.5],
      fieldFigures: [{ empty: 0.5, length: 8 }],
    },
    groups: [column],
    payloads: [payload],
    perturbation: { kind: 'noise', epsilonThousandths: 500 },
    missingValues: 'each-column',
    study: { title: 'Falls', purpose: 'Falls', organisation: 'A', approval: '1', until: '2027-03-31' },
  },
  list: { listRows: 400, emptyShares: [0.5], study: { title: 'Falls' }, strata: [column], nonce: 'ab'.repeat(16) },
  geometry: made.geometry,
};

/** The agreement with something else at a place such as `terms.fields.0.name`. */
function withAt(place: string, value: unknown): unknown {
  const copy: unknown = structuredClone(whole);
  const steps = place.split('.');
  const last = steps.pop() as string;
  const parent = steps.reduce((at, step) => (at as Record<string, unknown>)[step], copy);
  (parent as Record<string, unknown>)[last] = value;
  return copy;
}

const takes = (agreement: unknown) => 'data' in checked(agreementSchema, agreement);

it('an agreement that says all that there is to say is taken', () => {
  expect(checked(agreementSchema, whole)).toHaveProperty('data');
});

/** A place, values there that are the last ones taken, and ones beyond. */
const BOUNDS: readonly (readonly [place: string, taken: readonly unknown[], refused: readonly unknown[]])[] = [
  ['terms.version', [1], [0, 2, '1']],
  ['terms.fields', [times(32, whole.terms.fields[0])], [[], times(33, whole.terms.fields[0])]],
  ['terms.fields.0.name', ['x', letters(200)], ['', letters(201), 1]],
  ['terms.fields.0.type', ['name'], ['number', '']],
  ['terms.fields.0.digits', [1, 64], [0, 65, 1.5]],
  ['terms.fields.0.dateOrder', ['mdy', 'ymd'], ['myd']],
  ['terms.keys.source', ['p-sig', 'lambda-fold'], ['clk']],
  ['terms.keys.seed', ['f'.repeat(32)], ['f'.repeat(31), 'f'.repeat(33), 'F'.repeat(32), 'g'.repeat(32)]],
  ['terms.keys.bands', [times(2, band), times(256, band)], [[band], times(257, band)]],
  ['terms.keys.bands.0.fields', [times(32, band.fields[0])], [[], times(33, band.fields[0])]],
  ['terms.keys.bands.0.fields.0.field', [0, 2], [-1, 3, 0.5, 0x1_0000]],
  ['terms.keys.bands.0.fields.0.picks', [[], times(64, 1), [0xffff]], [times(65, 1), [-1], [0.5], [0x1_0000]]],
  ['terms.keys.bands.0.fields.0.grams', [2, 4], [1, 5, 2.5]],
  ['terms.keys.joined', [[0, 1]], [[], [0], [0, 1, 2]]],
  ['terms.keys.lookAlikes', [[], [0, 1e6], times(256, 1)], [[-0.1], [1e6 + 1], times(257, 1)]],
  ['terms.keys.fieldFigures', [times(32, { empty: 0, length: 0 })], [times(33, { empty: 0, length: 0 })]],
  ['terms.keys.fieldFigures.0.empty', [0, 1], [-0.01, 1.01]],
  ['terms.keys.fieldFigures.0.length', [0, 10_000], [-1, 10_001, 0.5]],
  ['terms.agreeingBands', [2, 256], [1, 257, 2.5]],
  ['terms.groups', [[], times(2, column)], [times(3, column)]],
  ['terms.groups.0.name', [letters(200)], ['', letters(201)]],
  ['terms.groups.0.labels', [times(64, 'x')], [[], times(65, 'x'), [''], [letters(201)]]],
  ['terms.groups.0.edges', [undefined], [[], [1, 1], [2, 1], ['2026-02-30'], ['2026-02-02', '2026-02-01']]],
  ['terms.payloads', [[], times(16, payload)], [times(17, payload)]],
  ['terms.payloads.0.minimum', [-5, 199.9], [200, 201, Number.NaN, Number.NEGATIVE_INFINITY]],
  ['terms.payloads.0.maximum', [0.1], [0, Number.POSITIVE_INFINITY]],
  ['terms.payloads.0.decimals', [0, 6], [-1, 7, 0.5]],
  ['terms.payloads.0.complete', [false], [undefined, 1]],
  ['terms.statistics', [{ count: false, mean: false, sum: false, sd: true }], [{ count: true }, {}]],
  ['terms.statistics.count', [false, true], [1, undefined]],
  ['terms.minimumGroupSize', [2, 32], [1, 33, 2.5]],
  ['terms.perturbation', [{ kind: 'rounding', base: 3 }], [{ kind: 'rounding', base: 4 }, { kind: 'none' }]],
  ['terms.perturbation.epsilonThousandths', [10, 20_000], [9, 20_001, 10.5]],
  ['terms.missingValues', ['complete-cases'], ['none']],
  ['terms.dataRows', [1, 4_000_000], [0, 4_000_001, 1.5]],
  ['terms.nonce', ['0'.repeat(32)], ['0'.repeat(31), '0'.repeat(33)]],
  ['terms.study', [{}, undefined], [{ author: 'x' }]],
  ['terms.study.title', ['x', letters(200)], ['', ' ', letters(201)]],
  ['terms.study.purpose', [letters(1000)], ['', letters(1001)]],
  ['terms.study.organisation', [letters(200)], ['', letters(201)]],
  ['terms.study.approval', [letters(200)], ['', letters(201)]],
  ['terms.study.until', ['2028-02-29'], ['2027-02-29', '2027-3-1', '']],
  ['list.listRows', [1, 1_000_000], [0, 1_000_001, 1.5]],
  ['list.emptyShares', [[], times(32, 0), [1]], [times(33, 0), [-0.01], [1.01]]],
  ['list.strata', [times(2, column)], [[], times(3, column)]],
  ['list.nonce', ['0'.repeat(32)], ['0'.repeat(31), '0'.repeat(33)]],
  ['geometry.bandsInBundle', [1, 256], [0, 257, 1.5]],
  ['geometry.bins', [8192], [8191, 8192.5]],
  ['geometry.degree', [1, 64], [0, 65, 1.5]],
  ['geometry.segments', [1, 256], [0, 257, 1.5]],
];

it.each(BOUNDS)('what %s may be has an end on either side', (place, taken, refused) => {
  for (const value of taken) expect(takes(withAt(place, value)), `${JSON.stringify(value)} is taken`).toBe(true);
  for (const value of refused) expect(takes(withAt(place, value)), `${JSON.stringify(value)} is refused`).toBe(false);
});

it.each([
  'terms.fields.0.digits',
  'terms.fields.0.dateOrder',
  'terms.keys.bands.0.fields.0.grams',
  'terms.keys.joined',
  'terms.keys.lookAlikes',
  'terms.keys.fieldFigures',
  'terms.groups.0.edges',
  'terms.tables',
  'terms.perturbation',
  'terms.missingValues',
  'terms.study',
  ...['title', 'purpose', 'organisation', 'approval', 'until'].map((text) => `terms.study.${text}`),
  'list.emptyShares',
  'list.study',
  'list.strata',
])('%s may be left out', (place) => expect(takes(withAt(place, undefined))).toBe(true));

it.each([
  '',
  'terms.',
  'terms.fields.0.',
  'terms.keys.',
  'terms.keys.bands.0.',
  'terms.keys.bands.0.fields.0.',
  'terms.keys.fieldFigures.0.',
  'terms.groups.0.',
  'terms.payloads.0.',
  'terms.statistics.',
  'terms.perturbation.',
  'terms.study.',
  'list.',
  'list.strata.0.',
  'geometry.',
])('nothing can be said in “%s” that nobody reads', (place) => {
  expect(takes(withAt(`${place}more`, 1))).toBe(false);
});

it('ranges have 1 to 63 edges that ascend, and beside them two groups that are none', () => {
  const ranges = (edges: unknown[], labels: string[]) =>
    takes(withAt('terms.groups.0', { name: 'age', edges, labels }));
  expect(ranges([18], ['under 18', '18 and over', 'missing', '(other)'])).toBe(true);
  expect(ranges([18], ['under 18', 'missing', '(other)', 'third'])).toBe(false);
  expect(ranges(counting(63), ['under 0'])).toBe(true);
  expect(ranges(counting(64), ['under 0'])).toBe(false);
  expect(ranges(['2020-01-01', '2021-01-01'], ['before 2020', '2020'])).toBe(true);
  const years = (count: number) => counting(count, 1900).map((year) => `${year}-01-01`);
  expect(ranges(years(63), ['before 1900'])).toBe(true);
  expect(ranges(years(64), ['before 1900'])).toBe(false);
  expect(ranges([18, '2021-01-01'], ['under 18'])).toBe(false);
});

it('there are 2 to 16 tables of two group columns at most, which name every column, ascending', () => {
  const several = (change: object) => takes({ ...whole, terms: { ...whole.terms, ...change } });
  expect(several(tables(2, 3, 1))).toBe(true);
  expect(several(tables(16, 32, 16))).toBe(true);
  expect(several(tables(1, 1, 1))).toBe(false);
  expect(several(tables(17, 32, 1))).toBe(false);
  const two = tables(2, 2, 2);
  const [first, second] = two.tables;
  for (const [wrong, of] of [
    [{ groups: [1, 0] }, first],
    [{ groups: [0, 0] }, first],
    [{ groups: [-1, 1] }, first],
    [{ groups: [0, 1, 2] }, first],
    [{ payloads: [1, 0] }, second],
    [{ payloads: [0, 2] }, second],
    [{ payloads: [0.5] }, second],
    [{ payloads: counting(17) }, second],
    [{ more: 1 }, second],
  ] as const) {
    const changed = two.tables.map((one) => (one === of ? { ...one, ...wrong } : one));
    expect(several({ ...two, tables: changed }), JSON.stringify(wrong)).toBe(false);
  }
  const unnamed = two.tables.map((one) => ({ ...one, payloads: [0] }));
  expect(several({ ...two, tables: unnamed })).toBe(false);
});
