/** What a candidate's bands say of two records, and how many strangers would say the same. */
import type { KeyDesign } from '../agreement/agreement.ts';
import type { Candidate } from '../keys/agreement-count.ts';
import { fieldAgreementReader, MISSING, SAME, SIMILAR, UNKNOWN } from './field-agreement.ts';
import type { ListValues } from './list-values.ts';
import { FIRST_FIELD_LEVELS, type PairEvidence } from './match-model.ts';

/** What the researcher knows beside the candidates. */
export interface ScoringRules {
  readonly design: KeyDesign;
  readonly values: ListValues;
  /** Rows of the data. */
  readonly dataRows: number;
}

export interface EvidenceReader {
  /** Of a match before anything is known, by level; as many imagined matches. */
  readonly firstLevels: readonly number[];
  read(candidate: Candidate): Pick<PairEvidence, 'levels' | 'strangers'>;
}

/** Several fields are read one by one. With a single field, in how many bands it agrees is all there is to know. */
export function evidenceReader(rules: ScoringRules): EvidenceReader {
  return rules.values.length === 1 ? countReader(rules.design) : fieldReader(rules);
}

/** Of a field's share of rows without a value, which comes rounded: no field is quite full, none quite empty. */
const LEAST_EMPTY = 0.005;

/**
 * Strangers agree in a field as often as the list's values coincide, and lack it as often as the data's rows do. Where no band asks
 * whether a row lacks it, that is not known of anybody.
 */
function fieldReader({ design, values, dataRows }: ScoringRules): EvidenceReader {
  const levelsOf = fieldAgreementReader(design.bands, values.length);
  const asked = new Set(
    design.bands.flatMap(({ fields }) => fields.filter(({ picks }) => picks.length === 0)).map(({ field }) => field),
  );
  /** The share of strangers who lack a field, and of those who have another value in it. */
  const shareOf = values.map((_, field) => {
    const empty = Math.min(1 - LEAST_EMPTY, Math.max(LEAST_EMPTY, design.fieldFigures?.[field]?.empty ?? 0));
    return asked.has(field) ? { lack: empty, have: 1 - empty } : { lack: 1, have: 1 };
  });
  return {
    firstLevels: FIRST_FIELD_LEVELS,
    read({ list, inBands }) {
      const levels = levelsOf(inBands, (field) => values[field]?.codes[list] === 0);
      let strangers = dataRows;
      for (const [field, { codes, shares }] of values.entries()) {
        const level = levels[field];
        if (level === SAME || level === SIMILAR) strangers *= shares[codes[list] as number] as number;
        else if (level !== UNKNOWN) strangers *= shareOf[field]?.[level === MISSING ? 'lack' : 'have'] as number;
      }
      return { levels, strangers };
    },
  };
}

/** Levels of a number of agreeing bands: two of them while it doubles, up to 256 bands. */
const levelOfCount = (bands: number) => Math.floor(2 * Math.log2(bands / 2));
const COUNT_LEVELS = levelOfCount(256) + 1;

/** Strangers agree in so many bands as other rows of the data do with each other, which the design tells. */
function countReader({ lookAlikes = [] }: KeyDesign): EvidenceReader {
  const strangers = new Float64Array(COUNT_LEVELS);
  for (const [i, met] of lookAlikes.entries()) {
    const level = levelOfCount(i + 2);
    // The owner's word: figures that rise with the bands would make strangers fewer than none.
    strangers[level] = (strangers[level] as number) + Math.max(0, met - (lookAlikes[i + 1] ?? 0));
  }
  return {
    firstLevels: new Array<number>(COUNT_LEVELS).fill(0.1),
    read({ bands }) {
      const level = levelOfCount(bands);
      return { levels: Uint8Array.of(level), strangers: strangers[level] as number };
    },
  };
}
