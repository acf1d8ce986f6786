import type { BandField } from '../agreement/agreement.ts';
import type { FieldType, KeySource } from '../agreement/match-field.ts';
import { FIELD_TYPE_RULES } from './field-types.ts';
import { BIT_POSITIONS, bitPick } from './filter-bits.ts';
import type { SeededRandom } from './random.ts';
import { SIGNATURE_WINDOWS, WINDOW_STEP, windowPart } from './signature-parts.ts';

/** What a band is to be: its place in the design, how many fields it has, and how strong it is. */
export interface BandPlan {
  readonly index: number;
  readonly fields: number;
  readonly level: number;
}

/** Draws the picks of a field in a band: more of them the higher the level, fewer where many fields share the work. */
export interface PickSource {
  /** The lowest level: as few picks as make a key. */
  readonly loosest: number;
  /** The highest level before a band gets a further field. */
  readonly usualLevels: number;
  /** The highest level where there is no further field. */
  readonly mostLevels: number;
  /** `length`: usual number of characters of the field's values. */
  draw(field: { type: FieldType; length: number }, band: BandPlan): Omit<BandField, 'field'>;
}

/** `fields`: how many there are in all. */
export function pickSource(source: KeySource, fields: number, random: SeededRandom): PickSource {
  switch (source) {
    case 'minhash':
      return minHashPicks(fields);
    case 'p-sig':
      return partPicks(random);
    case 'lambda-fold':
      return positionPicks(random);
  }
}

const FEW_FIELDS = 4;

/**
 * Of a long text, such as a title or a whole person in one string, tokens of three characters: a slip changes three of many instead of
 * two, a part that is missing or moved as many as it has, and strangers share fewer. Shorter strings lose too many tokens with every slip.
 */
const LONG_STRING = 36;
const TRIGRAMS = 3;

/** `length`: usual number of characters of the field's values. */
export const isLongText = (type: FieldType, length: number) => FIELD_TYPE_RULES[type].spelled && length >= LONG_STRING;

/** Levels below the usual ones, down to one MinHash value of each field. */
const LOOSEST = 1 - Math.max(...Object.values(FIELD_TYPE_RULES).map(({ values }) => values.pair));
/** Most values of one field in a band. */
const MAX_PICKS = 32;

/** Every band uses MinHash functions of its own, so that bands err independently; a stronger one has those of the weaker. */
function minHashPicks(fields: number): PickSource {
  const pair = fields <= FEW_FIELDS ? 'pairOfFew' : 'pair';
  return {
    // With a single field, it is the number of agreeing bands that tells people apart: loose ones tell less.
    loosest: fields === 1 ? 0 : LOOSEST,
    usualLevels: 1,
    mostLevels: 12,
    draw({ type, length }, { index, fields: fieldsInBand, level }) {
      const { values, alike } = FIELD_TYPE_RULES[type];
      const usual = values[fieldsInBand === 1 ? 'single' : fieldsInBand === 2 ? pair : 'many'];
      const count = alike ? Math.max(1, usual + level) : 1;
      const picks = Array.from({ length: count }, (_, i) => MAX_PICKS * index + i);
      return isLongText(type, length) ? { picks, grams: TRIGRAMS } : { picks };
    },
  };
}

/** With several fields one part of each, stronger ones whole; with a single field several windows of its characters. */
function partPicks(random: SeededRandom): PickSource {
  return {
    loosest: 0,
    usualLevels: 1,
    mostLevels: 3,
    draw({ type, length }, { fields: fieldsInBand, level }) {
      const { alike, parts } = FIELD_TYPE_RULES[type];
      if (!alike) return { picks: [0] };
      if (fieldsInBand > 1) return { picks: [level === 0 ? random.pick(parts) : 0] };
      const windows = Math.min(SIGNATURE_WINDOWS, Math.max(1, Math.floor(length / WINDOW_STEP)));
      const windowParts = Array.from({ length: windows }, (_, i) => [
        windowPart('front', i),
        windowPart('back', i),
      ]).flat();
      return { picks: random.shuffle([...parts, ...windowParts]).slice(0, 2 + level) };
    },
  };
}

const BITS = { single: 20, pair: 9, many: 7, step: 2 } as const;

function positionPicks(random: SeededRandom): PickSource {
  return {
    loosest: 0,
    usualLevels: 2,
    mostLevels: 12,
    draw({ type, length }, { fields: fieldsInBand, level }) {
      const base = fieldsInBand === 1 ? BITS.single : fieldsInBand === 2 ? BITS.pair : BITS.many;
      const picks = Array.from({ length: base + BITS.step * level }, () =>
        bitPick(random.below(BIT_POSITIONS), FIELD_TYPE_RULES[type].alike ? length : 1),
      );
      return { picks };
    },
  };
}
