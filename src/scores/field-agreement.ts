/** From the bands in which two records agree to the fields in which they do. */
import type { Band } from '../agreement/agreement.ts';

/** How a field of two records compares. `MISSING`: the row of the data has no value; `UNKNOWN`: the record of the list has none. */
export const DIFFERENT = 0;
export const SAME = 1;
export const SIMILAR = 2;
export const MISSING = 3;
export const UNKNOWN = 255;

/** The chance that a band agrees in a field of which the values are only similar. */
const SIMILAR_AGREES = 0.5;
/** The chance that a band agrees where all its fields are the same: rows may be left out of full bins and of too common keys. */
const SAME_AGREES = 0.99;
/** Of the rows that do not agree in a field, those that lack it, against those that have another value, before the bands speak. */
const MISSING_ODDS = 0.05;

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
 * hashes is different or missing. The others are the same or similar. A band fails where a field of its is different, where the row
 * lacks one that it wants filled, and now and then where one is only similar. Of all such readings the likeliest is taken, changed
 * field by field from "everything shown is the same, everything else is missing". `inBands`: numbers of the agreeing bands;
 * `isEmpty`: whether the record of the list lacks a field. Gives a level a field.
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
  /** log likelihoods of an agreeing and of a failing band, by how many of its fields are similar. */
  const agrees = Array.from({ length: most + 1 }, (_, similar) => Math.log(SAME_AGREES * SIMILAR_AGREES ** similar));
  const fails = Array.from({ length: most + 1 }, (_, similar) => Math.log(1 - SAME_AGREES * SIMILAR_AGREES ** similar));
  const missingLog = Math.log(MISSING_ODDS);

  return (inBands, isEmpty) => {
    const levels = Uint8Array.from({ length: fields }, (_, field) => (isEmpty(field) ? UNKNOWN : MISSING));
    const agreeing = new Uint8Array(bands.length);
    for (let i = 0; i < inBands.length; i++) {
      const band = inBands[i] as number;
      agreeing[band] = 1;
      for (const field of roles[band]?.filled ?? []) levels[field] = DIFFERENT;
    }
    const told = levels.slice();
    for (let i = 0; i < inBands.length; i++) {
      for (const field of roles[inBands[i] as number]?.hashed ?? []) levels[field] = SAME;
    }
    const isShown = (field: number) => levels[field] === SAME || levels[field] === SIMILAR;
    const lacks = (field: number) => levels[field] === MISSING || levels[field] === UNKNOWN;
    const similarIn = new Uint8Array(bands.length);
    /** By band, how many of its fields make it fail whatever the others are. */
    const blocked = Uint8Array.from(
      roles,
      ({ hashed, filled }) => hashed.filter((field) => !isShown(field)).length + filled.filter(lacks).length,
    );
    const logOf = (band: number, similar: number) => (agreeing[band] ? agrees : fails)[similar] as number;
    /** What turning a shown field the other way adds to the log likelihood. */
    const gainOfSimilar = (field: number, step: 1 | -1) =>
      (hashedIn[field] as number[]).reduce((sum, band) => {
        if ((blocked[band] as number) > 0) return sum;
        const similar = similarIn[band] as number;
        return sum + logOf(band, similar + step) - logOf(band, similar);
      }, 0);
    /** What it adds that a field is missing, to all bands that nothing else makes fail. */
    const gainOfMissing = (field: number) => {
      const alone = levels[field] === MISSING ? 1 : 0;
      return (filledIn[field] as number[]).reduce(
        (sum, band) => (blocked[band] === alone ? sum - logOf(band, similarIn[band] as number) : sum),
        missingLog,
      );
    };
    for (let turned = true; turned; ) {
      turned = false;
      for (let field = 0; field < fields; field++) {
        if (isShown(field)) {
          const step = levels[field] === SAME ? 1 : -1;
          if (gainOfSimilar(field, step) <= 1e-9) continue;
          levels[field] = step === 1 ? SIMILAR : SAME;
          for (const band of hashedIn[field] as number[]) similarIn[band] = (similarIn[band] as number) + step;
        } else if (told[field] === MISSING) {
          const step = levels[field] === MISSING ? -1 : 1;
          if (step * gainOfMissing(field) <= 1e-9) continue;
          levels[field] = step === 1 ? MISSING : DIFFERENT;
          for (const band of filledIn[field] as number[]) blocked[band] = (blocked[band] as number) + step;
        } else continue;
        turned = true;
      }
    }
    return levels;
  };
}
