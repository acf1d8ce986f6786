/** From the bands in which two records agree to the fields in which they do. */
import type { Band } from '../agreement/agreement.ts';

/** How a field of two records compares. `UNKNOWN`: the record of the list has no value there. */
export const DIFFERENT = 0;
export const SAME = 1;
export const SIMILAR = 2;
export const UNKNOWN = 3;
/** The first three, which a model gives probabilities to. */
export const LEVELS = 3;

/** The chance that a band agrees in a field of which the values are only similar. */
const SIMILAR_AGREES = 0.4;
/** The chance that a band agrees where all its fields are the same: rows may be left out of full bins and of too common keys. */
const SAME_AGREES = 0.99;

/**
 * Bands that hash the same fields agree together, so a band is no evidence of its own: fields are. A field that no agreeing band
 * hashes is different. The others are the same, or similar where bands of theirs fail that agree when everything is the same: of
 * all such readings the likeliest, changed field by field from "all the same". `inBands`: numbers of the agreeing bands. Gives a
 * level a field.
 */
export function fieldAgreementReader(
  bands: readonly Band[],
  fields: number,
): (inBands: ArrayLike<number>) => Uint8Array {
  const fieldsOf = bands.map((band) => band.fields.map(({ field }) => field));
  const bandsOf = Array.from({ length: fields }, (_, field) =>
    fieldsOf.flatMap((hashed, band) => (hashed.includes(field) ? [band] : [])),
  );
  const most = Math.max(...fieldsOf.map((hashed) => hashed.length));
  /** log likelihoods of an agreeing and of a failing band, by how many of its fields are similar. */
  const agrees = Array.from({ length: most + 1 }, (_, similar) => Math.log(SAME_AGREES * SIMILAR_AGREES ** similar));
  const fails = Array.from({ length: most + 1 }, (_, similar) => Math.log(1 - SAME_AGREES * SIMILAR_AGREES ** similar));

  return (inBands) => {
    const levels = new Uint8Array(fields);
    const agreeing = new Uint8Array(bands.length);
    for (let i = 0; i < inBands.length; i++) {
      const band = inBands[i] as number;
      agreeing[band] = 1;
      for (const field of fieldsOf[band] as number[]) levels[field] = SAME;
    }
    const possible = fieldsOf.map((hashed) => hashed.every((field) => levels[field] !== DIFFERENT));
    const shown = [...levels.keys()].filter((field) => levels[field] !== DIFFERENT);
    const similarIn = new Uint8Array(bands.length);
    /** What turning a field the other way adds to the log likelihood. */
    const gain = (field: number, step: 1 | -1) => {
      let sum = 0;
      for (const band of bandsOf[field] as number[]) {
        if (!possible[band]) continue;
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
        for (const band of bandsOf[field] as number[]) similarIn[band] = (similarIn[band] as number) + step;
        turned = true;
      }
    }
    return levels;
  };
}
