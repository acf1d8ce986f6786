/** From the bands in which two records agree to the fields in which they do. */
import type { Band } from '../agreement/agreement.ts';

/** How a field of two records compares. `MISSING`: the row of the data has no value; `UNKNOWN`: the record of the list has none. */
export const DIFFERENT = 0;
export const SAME = 1;
export const SIMILAR = 2;
export const MISSING = 3;
export const UNKNOWN = 255;

/** The chance that a band agrees in a field of which the values are only similar: two or three MinHash values, after a slip. */
const SIMILAR_AGREES = 0.25;
/** The chance that a band agrees where all its fields are the same: rows may be left out of full bins and of too common keys. */
const SAME_AGREES = 0.99;
/** Of the rows that do not agree in a field, those that lack it, against those that have another value, before the bands speak. */
const MISSING_ODDS = 0.1;

/** What a band asks of the fields. */
interface BandRoles {
  /** Fields whose values are to agree. */
  readonly hashed: readonly number[];
  /** Fields that both sides are to have a value in, whichever it is. */
  readonly filled: readonly number[];
}

function rolesOf({ fields }: Band): BandRoles {
  const hashed = fields.filter(({ picks }) => picks.length > 0);
  const filled = fields.filter(({ picks }) => picks.length === 0);
  return { hashed: hashed.map(({ field }) => field), filled: filled.map(({ field }) => field) };
}

/**
 * Bands that hash the same fields agree together, so a band is no evidence of its own: fields are. A field that no agreeing band
 * hashes is different or missing, the others are the same or similar. First the likeliest of these: bands whose fields are the same
 * agree, those with similar ones do now and then; changed field by field from "all the same". Then a field is missing rather than
 * different where the bands that want it filled fail, though others with as many similar fields agree as often as they do. `inBands`:
 * numbers of the agreeing bands; `isEmpty`: whether the record of the list lacks a field. Gives a level a field.
 */
export function fieldAgreementReader(
  bands: readonly Band[],
  fields: number,
): (inBands: ArrayLike<number>, isEmpty: (field: number) => boolean) => Uint8Array {
  const roles = bands.map(rolesOf);
  const bandsWhere = (uses: (band: BandRoles, field: number) => boolean) =>
    Array.from({ length: fields }, (_, field) => roles.flatMap((band, index) => (uses(band, field) ? [index] : [])));
  const hashedIn = bandsWhere(({ hashed }, field) => hashed.includes(field));
  const filledIn = bandsWhere(({ filled }, field) => filled.includes(field));
  const most = Math.max(...roles.map(({ hashed }) => hashed.length));
  /** The chance that a band agrees, by how many of its fields are similar. */
  const chances = Array.from({ length: most + 1 }, (_, similar) => SAME_AGREES * SIMILAR_AGREES ** similar);
  const agrees = chances.map(Math.log);
  const fails = chances.map((chance) => Math.log(1 - chance));

  return (inBands, isEmpty) => {
    const levels = Uint8Array.from({ length: fields }, (_, field) => (isEmpty(field) ? UNKNOWN : MISSING));
    const agreeing = new Uint8Array(bands.length);
    for (let i = 0; i < inBands.length; i++) {
      const band = inBands[i] as number;
      agreeing[band] = 1;
      for (const field of roles[band]?.filled ?? []) levels[field] = DIFFERENT;
    }
    for (let i = 0; i < inBands.length; i++) {
      for (const field of roles[inBands[i] as number]?.hashed ?? []) levels[field] = SAME;
    }
    const isShown = (field: number) => levels[field] === SAME || levels[field] === SIMILAR;
    const lacks = (field: number) => levels[field] === MISSING || levels[field] === UNKNOWN;
    const similarIn = new Uint8Array(bands.length);
    /** By band, how many of its fields may make it fail whatever the others are. */
    const blocks = roles.map(
      ({ hashed, filled }) => hashed.filter((field) => !isShown(field)).length + filled.filter(lacks).length,
    );
    const shown = [...levels.keys()].filter(isShown);
    /** What turning a shown field the other way adds to the log likelihood. */
    const gain = (field: number, step: 1 | -1) => {
      let sum = 0;
      for (const band of hashedIn[field] as number[]) {
        if (blocks[band] !== 0) continue;
        const logs = agreeing[band] ? agrees : fails;
        const similar = similarIn[band] as number;
        sum += (logs[similar + step] as number) - (logs[similar] as number);
      }
      return sum;
    };
    for (let turned = true; turned; ) {
      turned = false;
      for (const field of shown) {
        const step = levels[field] === SAME ? 1 : -1;
        if (gain(field, step) <= 1e-9) continue;
        levels[field] = step === 1 ? SIMILAR : SAME;
        for (const band of hashedIn[field] as number[]) similarIn[band] = (similarIn[band] as number) + step;
        turned = true;
      }
    }
    const tried = chances.map(() => 1);
    const agreed = chances.slice();
    for (const [band, similar] of similarIn.entries()) {
      if (blocks[band] !== 0) continue;
      tried[similar] = (tried[similar] as number) + 1;
      agreed[similar] = (agreed[similar] as number) + (agreeing[band] as number);
    }
    for (const [field, level] of levels.entries()) {
      if (level !== MISSING) continue;
      let odds = MISSING_ODDS;
      for (const band of filledIn[field] as number[]) {
        const similar = similarIn[band] as number;
        if (blocks[band] === 1) odds /= 1 - (agreed[similar] as number) / (tried[similar] as number);
      }
      if (odds <= 1) levels[field] = DIFFERENT;
    }
    return levels;
  };
}
