/** What a candidate's bands say of two records, and how many strangers would say the same. */
import type { KeyDesign } from '../agreement/agreement.ts';
import type { Candidate } from '../keys/agreement-count.ts';
import {
  DIFFERENT,
  type FieldReading,
  fieldAgreementReader,
  MISSING,
  SAME,
  SIMILAR,
  UNKNOWN,
} from './field-agreement.ts';
import { LIKENESS_BINS, slippedLikeness } from './likeness.ts';
import type { ListField, ListValues } from './list-values.ts';
import type { PairEvidence } from './match-evidence.ts';

/** What the researcher knows beside the candidates. */
export interface ScoringRules {
  readonly design: KeyDesign;
  readonly values: ListValues;
  /** Rows of the data. */
  readonly dataRows: number;
}

export interface EvidenceReader {
  /** By class of matches, how many imagined ones have each level; left out, those of fields. */
  readonly classes?: readonly (readonly number[])[];
  /**
   * `other`: of a pair within the list, the other record: strangers are those beside it. Otherwise whoever shares a value with one
   * record alone would pass for as common as two.
   */
  read(candidate: Candidate, other?: number): Pick<PairEvidence, 'levels' | 'strangers'>;
}

/** Several fields are read one by one. With a single field, in how many bands it agrees is all there is to know. */
export function evidenceReader(rules: ScoringRules): EvidenceReader {
  return rules.values.fields.length === 1 ? countReader(rules) : fieldReader(rules);
}

/** Of a field's share of rows without a value, which comes rounded: no field is quite full, none quite empty. */
const LEAST_EMPTY = 0.005;
/** Of strangers with the record's value, as of matches: which share has it with a slip, and which share has it changed beyond recognition. */
const SLIPPED = 0.1;
const CHANGED = 0.05;
/** No agreement is rarer among strangers: a share beyond what a list can show. */
const RAREST = 1e-7;

/**
 * Strangers agree in a field as often as the list's values coincide, given whether they agree in the field that it hangs on; are similar
 * as often as the list's values are; and lack it as often as the data's rows do. Where no band asks whether a row lacks it, that is not
 * known of anybody.
 */
function fieldReader({ design, values: { fields: values }, dataRows }: ScoringRules): EvidenceReader {
  const { joined = [] } = design;
  const names = joined.length === 0 ? -1 : values.length - 1;
  const readFields = fieldAgreementReader(design.bands, names < 0 ? values.length : names, {
    source: design.source,
    whole: values.map(({ likeness }) => likeness.changed === 0),
    joined,
  });
  const asked = new Set(
    design.bands.flatMap(({ fields }) => fields.filter(({ picks }) => picks.length === 0)).map(({ field }) => field),
  );
  /** The share of strangers who lack a field, and of those who have another value in it. */
  const shareOf = values.map((_, field) => {
    const empty = Math.min(1 - LEAST_EMPTY, Math.max(LEAST_EMPTY, design.fieldFigures?.[field]?.empty ?? 0));
    return asked.has(field) ? { lack: empty, have: 1 - empty } : { lack: 1, have: 1 };
  });
  const order = parentsFirst(values);
  const slipped = slippedTables(values);
  const levelOf = tellingLevels(joined, names);
  return {
    read({ list, inBands }, beside) {
      const reading = readFields(inBands, (field) => values[field]?.codes[list] === 0);
      /** By field: what it and all that hang on it show, if a stranger has the record's value there, and if they have another one. */
      const same = new Float64Array(values.length).fill(1);
      const other = new Float64Array(values.length).fill(1);
      let strangers = dataRows;
      for (let i = order.length - 1; i >= 0; i--) {
        const field = order[i] as number;
        const value = values[field] as ListField;
        const level = levelOf(reading, field);
        const shown = shownBy(value, reading, { field, level, list, slipped: slipped(field, value, list) });
        const known = level === MISSING ? 'lack' : 'have';
        const filled = level === UNKNOWN ? 1 : (shareOf[field]?.[known] as number);
        same[field] = (same[field] as number) * shown.same * filled;
        other[field] = (other[field] as number) * shown.other * filled;
        const mixed = (share: number) => share * (same[field] as number) + (1 - share) * (other[field] as number);
        const { given, otherwise } = sharesGiven(values, field, { list, beside });
        const above = value.parent;
        if (above < 0) {
          strangers *= mixed(otherwise);
          continue;
        }
        same[above] = (same[above] as number) * mixed(given);
        other[above] = (other[above] as number) * mixed(otherwise);
      }
      return { levels: reading.levels, strangers };
    },
  };
}

/** Of names in each other's columns, the joined names tell (`place`: theirs), and they alone; otherwise the names do. */
function tellingLevels(joined: readonly number[], place: number) {
  return ({ levels, crossed }: FieldReading, field: number) => {
    if (field === place) return crossed ?? UNKNOWN;
    return crossed !== undefined && joined.includes(field) ? UNKNOWN : levels[field];
  };
}

interface ShownField {
  readonly field: number;
  readonly level: number | undefined;
  readonly list: number;
  readonly slipped: Float64Array;
}

/**
 * The chance that a field shows what it does if a stranger has the record's value in it, and if they have another one; where it is the
 * same or similar, against the bands of a value that is so.
 */
function shownBy(
  { codes, shares, likeness }: ListField,
  { likenessOf }: Pick<FieldReading, 'likenessOf'>,
  { field, level, list, slipped }: ShownField,
): { same: number; other: number } {
  if (level === DIFFERENT) return { same: CHANGED, other: 1 };
  if (level !== SAME && level !== SIMILAR) return { same: 1, other: 1 };
  const code = codes[list] as number;
  const likely = likenessOf(field);
  let alike = 0;
  let slip = 0;
  for (let bin = 0; bin < LIKENESS_BINS; bin++) {
    alike += (likeness.shares[code * LIKENESS_BINS + bin] as number) * (likely[bin] as number);
    slip += (slipped[bin] as number) * (likely[bin] as number);
  }
  const other = Math.max(RAREST, alike / Math.max(RAREST, 1 - (shares[code] as number)));
  return level === SAME ? { same: 1, other: Math.min(1, other) } : { same: SLIPPED, other: Math.min(1, other / slip) };
}

/** A record, and another one of the list that is left out. */
interface Sharer {
  readonly list: number;
  readonly beside: number | undefined;
}

/** The share of the record's value among others. */
function shareOf({ codes, shares, one }: ListField, { list, beside }: Sharer): number {
  const code = codes[list] as number;
  const left = beside !== undefined && code !== 0 && codes[beside] === code ? one : 0;
  return Math.max(0, (shares[code] as number) - left);
}

/**
 * The chance that a stranger has the record's value in a field: `given` that they have its value in the field that this one hangs on, and
 * `otherwise`.
 */
function sharesGiven(
  values: readonly ListField[],
  field: number,
  sharer: Sharer,
): { given: number; otherwise: number } {
  const { list } = sharer;
  const own = values[field] as ListField;
  const share = shareOf(own, sharer);
  const above = values[own.parent];
  if (above === undefined || above.codes[list] === 0 || own.codes[list] === 0)
    return { given: share, otherwise: share };
  const given = givenParent(own, above, sharer);
  const ofParent = shareOf(above, sharer);
  const otherwise = (share - ofParent * given) / Math.max(RAREST, 1 - ofParent);
  return { given, otherwise: Math.min(1, Math.max(share / 10, otherwise)) };
}

function givenParent({ codes, withParent, sharing }: ListField, above: ListField, { list, beside }: Sharer): number {
  const given = withParent[list] as number;
  if (beside === undefined || codes[beside] === 0 || above.codes[beside] !== above.codes[list]) return given;
  const among = sharing[list] as number;
  const left = codes[beside] === codes[list] ? 1 : 0;
  return Math.max(0, given * among - left) / Math.max(1, among - 1);
}

function parentsFirst(values: readonly ListField[]): number[] {
  const order: number[] = [];
  const visit = (field: number) => {
    if (order.includes(field)) return;
    const { parent } = values[field] as ListField;
    if (parent >= 0) visit(parent);
    order.push(field);
  };
  for (const field of values.keys()) visit(field);
  return order;
}

/** What slips make of a record's value, by how many tokens it has. */
function slippedTables(values: readonly ListField[]) {
  const known = values.map(() => new Map<number, Float64Array>());
  return (field: number, { codes, likeness }: ListField, list: number): Float64Array => {
    const tokens = likeness.tokens[codes[list] as number] as number;
    const made = known[field]?.get(tokens) ?? slippedLikeness(tokens, likeness.changed);
    known[field]?.set(tokens, made);
    return made;
  };
}

/** Levels of a number of agreeing bands: two of them while it doubles, up to 256 bands. */
export const levelOfCount = (bands: number) => Math.floor(2 * Math.log2(bands / 2));
const COUNT_LEVELS = levelOfCount(256) + 1;

/** Strangers agree in so many bands as other rows of the data do with each other, which the design tells. */
function countReader({ design: { lookAlikes = [] } }: ScoringRules): EvidenceReader {
  const strangers = new Float64Array(COUNT_LEVELS);
  for (const [i, met] of lookAlikes.entries()) {
    const level = levelOfCount(i + 2);
    // The owner's word: figures that rise with the bands would make strangers fewer than none.
    strangers[level] = (strangers[level] as number) + Math.max(0, met - (lookAlikes[i + 1] ?? 0));
  }
  return {
    classes: [new Array<number>(COUNT_LEVELS).fill(0.1)],
    read({ bands }) {
      const level = levelOfCount(bands);
      return { levels: Uint8Array.of(level), strangers: strangers[level] as number };
    },
  };
}
