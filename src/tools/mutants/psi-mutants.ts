/** Labels, polynomials, placement: what a researcher sees of rows that are not theirs, and of their number. */
import type { Mutant } from './mutant.ts';

const UNIFORM = 'src/psi/uniformity.test.ts';
const GEOMETRY = 'src/psi/psi.test.ts';

const labels = {
  file: 'src/psi/labels.ts',
  test: { file: UNIFORM, name: 'labels are uniform in the field, from the first row to the last' },
};
const polynomials = {
  file: 'src/psi/segment-polynomials.ts',
  test: { file: UNIFORM, name: 'shows uniform values to whoever knows its' },
};
const placement = {
  file: 'src/psi/placement.ts',
  test: { file: UNIFORM, name: 'of a bin that is full is drawn by lot, and so is the segment' },
};

export const PSI_MUTANTS: readonly Mutant[] = [
  {
    name: 'polynomials for two queries',
    file: 'src/psi/sender.ts',
    from: 'checkQueries(this.#side, this.#geometry, queries);',
    before: 'this.#planes = undefined;',
    after: '',
    gives: 'Answers to two queries show more of a segment’s polynomial than one point of it',
    test: { file: 'src/psi/psi.browser.test.ts', name: 'answers as one made afterwards, and one query only' },
  },
  {
    ...labels,
    name: 'labels without randomness above the slot',
    before: 'slot + slots * randomBelow(Math.floor((PLAIN_MODULUS - 1 - slot) / slots) + 1)',
    after: 'slot',
    gives: 'Labels are told from noise in one band: matches in a single band, which the agreement rules out',
  },
  {
    ...labels,
    name: 'labels of few bits above the slot',
    before: 'randomBelow(Math.floor((PLAIN_MODULUS - 1 - slot) / slots) + 1)',
    after: 'randomBelow(1024)',
    gives: 'Labels are told from noise in one band',
  },
  {
    ...labels,
    name: 'slots in the order of the file',
    before: 'randomPermutation(slots).slice(0, rows)',
    after: 'Uint32Array.from({ length: rows }, (_, row) => row)',
    gives: 'A matched label tells where in the file its row stands',
    test: { file: UNIFORM, name: 'labels stand for slots by lot, not in the order of the file' },
  },
  {
    ...labels,
    name: 'slots in order from one place drawn by lot',
    before: 'randomPermutation(slots).slice(0, rows)',
    after: 'Uint32Array.from({ length: rows }, (_, row) => (row + randomBelow(1) + slots - rows) % slots)',
    gives: 'Two matched labels tell how far apart their rows stand in the file',
    test: { file: UNIFORM, name: 'labels stand for slots by lot, not in the order of the file' },
  },
  {
    ...polynomials,
    name: 'leading coefficient 1',
    before: 'values[toValues + degree] = randomNonzero()',
    after: 'values[toValues + degree] = 1',
    gives: 'Whoever knows the other rows of a full segment sees whether one more is there, and its label in one band',
  },
  {
    ...polynomials,
    name: 'leading coefficient 0',
    before: 'values[toValues + degree] = randomNonzero()',
    after: 'values[toValues + degree] = 0',
    gives: 'A full segment shows the same polynomial through its labels at every key asked for',
  },
  {
    ...polynomials,
    name: 'free coefficients 0',
    before: 'values[toValues + i] = randomElement()',
    after: 'values[toValues + i] = 0',
    gives: 'Values of an empty segment are r times a power of the key: empty bins show, and with them who is not there',
  },
  {
    ...polynomials,
    name: 'one free coefficient for all bins',
    before: 'values[toValues + i] = randomElement()',
    after: 'values[toValues + i] = bin === 0 ? randomElement() : (values[i] as number)',
    gives: 'Bins are compared with each other: equal values tell empty segments',
  },
  {
    ...placement,
    name: 'places in a full bin to the first who come',
    before: 'const place = load < capacity ? load : randomBelow(load + 1);',
    after: 'const place = load < capacity ? load : capacity;',
    gives: 'Whether a row is missing from a full bin tells where in the file it stands',
  },
  {
    ...placement,
    name: 'places in a full bin to the last who come',
    before: 'const place = load < capacity ? load : randomBelow(load + 1);',
    after: 'const place = load < capacity ? load : randomBelow(capacity);',
    gives: 'Late rows of the file displace early ones: what is missing tells the order of the file',
  },
  {
    ...placement,
    name: 'segments filled one after the other',
    before: 'swap(places, tried, tried + randomBelow(capacity - tried));',
    after: 'swap(places, tried, tried);',
    gives: 'The segment in which a label shows tells how many rows share its bin, and their order',
  },
  {
    ...placement,
    name: 'rows over the cap not by lot',
    before: 'rowsOverLimit(keys, mostRowsOfKey(geometry), randomBelow)',
    after: 'rowsOverLimit(keys, mostRowsOfKey(geometry), () => 0)',
    gives: 'Which of the rows that share a key show tells their order in the file',
    test: { file: UNIFORM, name: 'of the table is drawn by lot, where more share a key than it takes' },
  },
  {
    ...placement,
    name: 'no cap of rows a key',
    before: 'rowsOverLimit(keys, mostRowsOfKey(geometry), randomBelow)',
    after: 'rowsOverLimit(keys, keys.length, randomBelow)',
    gives: 'A common key fills its bins: what is missing there tells who else is in the data',
    test: { file: GEOMETRY, name: 'at most four rows of a key are placed, in all of their bins' },
  },
  {
    ...placement,
    name: 'a bin that loses rows in silence',
    before: 'overflowed += (loads[bin] as number) - held;',
    after: '',
    gives: 'The owner is not told how many placements are missing',
    test: { file: GEOMETRY, name: 'a full bin is counted, not hidden' },
  },
  {
    file: 'src/psi/geometry.ts',
    name: 'bins that are full more often',
    before: 'const MAX_LOST = 0.006;',
    after: 'const MAX_LOST = 0.03;',
    gives: 'More placements are missing, and what is missing tells who is in the data',
    test: { file: GEOMETRY, name: 'bins hold the keys, few rows find theirs full' },
  },
  {
    file: 'src/psi/key-points.ts',
    name: 'fingerprints of few bits',
    before: 'return 1 + (bits % (PLAIN_MODULUS - 1));',
    after: 'return 1 + (bits % 65_537);',
    gives: 'Other keys in the same bin show labels: rows that share no key with the researcher’s',
    test: { file: UNIFORM, name: 'fingerprints of a key fill the field' },
  },
  {
    file: 'src/psi/key-points.ts',
    name: 'bins from the bits of the fingerprint',
    before: '? ((keys[4 * row + 1] as number) >>> 1) / 2147483648',
    after: '? (keys[4 * row] as number) / 4294967296',
    gives: 'Within a bin fingerprints differ in fewer bits: other keys show labels',
    test: { file: UNIFORM, name: 'fingerprints of a key fill the field' },
  },
];
