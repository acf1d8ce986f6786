/** The data owner's side of a bundle of bands: polynomials over their rows, evaluated on the researcher's encrypted keys. */
import type { Ciphertext } from '../seal/library.ts';
import type { PublicSide } from '../seal/public-side.ts';
import { withScope } from '../seal/scope.ts';
import type { TableShape } from './geometry.ts';
import type { Keys } from './key-points.ts';
import { placeRows } from './placement.ts';
import { SegmentPolynomials } from './segment-polynomials.ts';

export interface BundleAnswer {
  /** Sealed answers, `[bin group][segment]` flattened; a bin group is N = 8192 bins. */
  readonly answers: Uint8Array<ArrayBuffer>[];
  /** Rows left out at the cap of rows a key, `band in the bundle * rows + row`, and how many placements were lost to full bins. */
  readonly capped: readonly number[];
  readonly overflowed: number;
}

/**
 * Answers one bundle. `bands`: the keys of each. `queries`: encrypted powers x^1..x^e, `[bin group][power - 1]`
 * flattened, wire bytes.
 * @throws on a wrong number of queries or on bytes that are no ciphertexts of the linkage context
 */
export function answerBundle(
  side: PublicSide,
  geometry: TableShape,
  bands: readonly Keys[],
  rowLabels: Float64Array,
  queries: readonly Uint8Array[],
): BundleAnswer {
  const slots = side.context.slots;
  const groups = geometry.bins / slots;
  if (queries.length !== groups * geometry.degree) {
    throw new RangeError(`a bundle needs ${groups * geometry.degree} ciphertexts, got ${queries.length}`);
  }
  const placement = placeRows(bands, rowLabels, geometry);
  const polynomials = new SegmentPolynomials(geometry, slots);
  const answers: Uint8Array<ArrayBuffer>[] = [];
  for (let group = 0; group < groups; group++) {
    withScope((keep) => {
      const powers = queries
        .slice(group * geometry.degree, (group + 1) * geometry.degree)
        .map((bytes) => side.toNtt(keep(side.load(bytes))));
      for (let segment = 0; segment < geometry.segments; segment++) {
        answers.push(evaluate(side, polynomials.planes(placement, segment, group * slots), powers));
      }
    });
  }
  return { answers, capped: placement.capped, overflowed: placement.overflowed };
}

/** A sealed answer: plane 0 + plane 1 x + plane 2 x^2 + ..., slot by slot, of encrypted powers of x. */
function evaluate(
  side: PublicSide,
  planes: readonly BigUint64Array[],
  powers: readonly Ciphertext[],
): Uint8Array<ArrayBuffer> {
  let sum = side.addValues(undefined, planes[0] as BigUint64Array);
  for (const [i, power] of powers.entries()) {
    sum = side.addProduct(sum, power, planes[i + 1] as BigUint64Array);
  }
  const answer = side.seal(sum);
  sum?.delete();
  return answer;
}
