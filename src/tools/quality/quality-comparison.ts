/** Methods of linkage side by side on one pair of files: bands of all kinds, and Dice on CLKs. */
import { KEY_SOURCES, type KeySource } from '../../agreement/match-field.ts';
import { createEncoder } from '../../clk/encoder.ts';
import { matchOneToOne } from '../../keys/agreement-count.ts';
import { listFiguresOf, suggestBands } from '../../keys/band-rule.ts';
import { designKeys } from '../../keys/design.ts';
import { seededRandom } from '../../keys/random.ts';
import { bundleCount, chooseGeometry, wireBits } from '../../psi/geometry.ts';
import { thresholdsFrom } from '../../quality/linkage-quality.ts';
import { linkPairs } from '../../quality/pair-linkage.ts';
import { defaultSchema } from '../../sample/default-schema.ts';
import {
  judgeMatches,
  linkageCandidates,
  type QualityRow,
  type WeighedMatches,
  weighedMatches,
} from './linkage-quality.ts';
import type { KnownPair, KnownSide } from './quality-sets.ts';

/** A line of the comparison. */
export interface ComparedRow extends QualityRow {
  /** What travels for it, both ways, in MB of 10^6 bytes; keys of the encryption and the table are not counted. */
  readonly megabytes: number;
  /** Wrong matches: with somebody of the right person's household, and with a stranger. Undefined where that is not known. */
  readonly wrongInHousehold: number | undefined;
  readonly wrongStrangers: number | undefined;
  /** Of the threshold that a run takes by itself: what it would say of its matches. Undefined for all other rows. */
  readonly estimated: WeighedMatches['estimated'] | undefined;
}

interface Link {
  readonly list: number;
  readonly data: number;
}

const BAND_THRESHOLDS = [2, 3, 4, 5, 6, 8, 10, 12] as const;
/** Below it there are too many candidates of unrelated people to look at. */
const LOWEST_DICE = 0.6;

export interface ComparisonRules {
  /** Of the design, 16 bytes in hex. */
  readonly seed: string;
  readonly bands: number;
  /** The fewest agreeing bands. */
  readonly agree: number;
}

/** All methods at all thresholds. */
export function compareMethods(pair: KnownPair, rules: ComparisonRules): ComparedRow[] {
  return [
    ...KEY_SOURCES.flatMap((source) => bandRows(pair, source, rules)),
    ...advisedRows(pair, rules),
    ...diceRows(pair),
  ];
}

/** Where the rule asks for more MinHash bands than those compared: a run with as many, at every threshold. Otherwise nothing. */
function advisedRows(pair: KnownPair, { seed, bands }: ComparisonRules): ComparedRow[] {
  const advised = suggestBands(pair.data.records, 'minhash', seed, listFiguresOf(pair.list.records));
  if (advised.bands <= bands) return [];
  return bandRows(pair, 'minhash', { seed, bands: advised.bands, agree: advised.agreeingBands })
    .filter(({ method }) => method === 'minhash')
    .map((row) => ({ ...row, method: `minhash, ${advised.bands} bands as advised` }));
}

/** Weighed, as a run does it, and by the number of agreeing bands alone. */
function bandRows(pair: KnownPair, source: KeySource, { seed, bands, agree }: ComparisonRules): ComparedRow[] {
  const { list, data } = pair;
  const design = designKeys(data.records, source, seed, bands);
  const candidates = linkageCandidates(list.records, data.records, design);
  const geometry = chooseGeometry(list.records.rows, data.records.rows, bands);
  const megabytes = (bundleCount(geometry, bands) * geometry.bins * wireBits(geometry)) / 8e6;
  const weighed = weighedMatches(candidates, list.records, data.records.rows, design, agree);
  return [
    ...weighed.map(({ threshold, ofRun, estimated, matches }) => {
      const found = judged(pair, matches);
      return { method: source, threshold, megabytes, ...found, estimated: ofRun ? estimated : undefined };
    }),
    ...BAND_THRESHOLDS.map((threshold) => {
      const found = judged(pair, matchOneToOne(candidates, threshold, seededRandom([threshold]).below));
      return { method: `${source}, counted`, threshold, megabytes, ...found, estimated: undefined };
    }),
  ];
}

/** CLKs of the default schema, linked greedily, at thresholds from 0.6 up. */
export function diceRows(pair: KnownPair): ComparedRow[] {
  const { list, data } = pair;
  const schema = defaultSchema(list.records.fields.map(({ name, type }) => ({ name, use: type })));
  const encoder = createEncoder(schema, 'quality');
  const clks = (side: KnownSide) => encoder.encodeTable(rowsOf(side));
  const { linked } = linkPairs(clks(list), clks(data), LOWEST_DICE);
  const megabytes = ((list.records.rows + data.records.rows) * encoder.bytesPerClk) / 1e6;
  const links = Array.from(linked.similarity, (similarity, i) => ({
    similarity,
    list: linked.first[i] ?? 0,
    data: linked.second[i] ?? 0,
  }));
  return thresholdsFrom(LOWEST_DICE)
    .filter((threshold) => threshold < 0.96)
    .map((threshold) => ({
      method: 'clk-dice',
      threshold,
      megabytes,
      ...judged(
        pair,
        links.filter(({ similarity }) => similarity >= threshold),
      ),
      estimated: undefined,
    }));
}

function* rowsOf({ records }: KnownSide): Generator<string[]> {
  for (let row = 0; row < records.rows; row++) {
    yield records.codes.map((codes, field) => records.values[field]?.[codes[row] ?? 0] ?? '');
  }
}

function judged({ list, data, householdOf }: KnownPair, links: readonly Link[]) {
  const wrong = links.filter(({ list: l, data: d }) => list.people[l] !== data.people[d]);
  const inHousehold =
    householdOf &&
    wrong.filter(({ list: l, data: d }) => householdOf(list.people[l] ?? '') === householdOf(data.people[d] ?? ''))
      .length;
  return {
    ...judgeMatches(links, list.people, data.people),
    wrongInHousehold: inHousehold,
    wrongStrangers: inHousehold === undefined ? undefined : wrong.length - inHousehold,
  };
}

/** Each method's row at its best F1; of equals the highest threshold. */
export function bestRows(rows: readonly ComparedRow[]): ComparedRow[] {
  const best = new Map<string, ComparedRow>();
  for (const row of rows) if (row.f1 >= (best.get(row.method)?.f1 ?? 0)) best.set(row.method, row);
  return [...best.values()];
}
