/** The data owner's side of a bundle of bands: polynomials over their rows, evaluated on the researcher's encrypted keys. */
import type { Ciphertext } from '../seal/library.ts';
import { LINKAGE } from '../seal/parameters.ts';
import type { PreparedValues, PublicSide } from '../seal/public-side.ts';
import { type Handle, withScope } from '../seal/scope.ts';
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
  checkQueries(side, geometry, queries);
  const placement = placeRows(bands, rowLabels, geometry);
  const polynomials = new SegmentPolynomials(geometry, side.context.slots);
  const planesOf = (group: number, segment: number) =>
    polynomials.planes(placement, segment, group * side.context.slots);
  return answerWith(side, geometry, queries, planesOf, placement);
}

/**
 * One bundle whose polynomials are made before its query has come. They are drawn at random, so they answer one query and no
 * other. Takes 0.2 MB a plane (`planeCount`).
 */
export class PreparedBundle implements Handle {
  readonly #side: PublicSide;
  readonly #geometry: TableShape;
  readonly #lost: Lost;
  /** `[bin group][segment][power]`, flattened; undefined once a query has been answered. */
  #planes: PreparedValues[] | undefined;

  constructor(side: PublicSide, geometry: TableShape, bands: readonly Keys[], rowLabels: Float64Array) {
    this.#side = side;
    this.#geometry = geometry;
    const { slots } = side.context;
    const placement = placeRows(bands, rowLabels, geometry);
    this.#lost = placement;
    const polynomials = new SegmentPolynomials(geometry, slots);
    const planes: PreparedValues[] = [];
    this.#planes = planes;
    try {
      for (let group = 0; group < geometry.bins / slots; group++) {
        for (let segment = 0; segment < geometry.segments; segment++) {
          for (const plane of polynomials.planes(placement, segment, group * slots)) {
            planes.push(side.prepareValues(plane));
          }
        }
      }
      side.sealAhead((geometry.bins / slots) * geometry.segments);
    } catch (error) {
      this.delete();
      throw error;
    }
  }

  /** @throws as `answerBundle`, and where a query has been answered */
  answer(queries: readonly Uint8Array[]): BundleAnswer {
    const planes = this.#planes;
    if (planes === undefined) throw new Error('a prepared bundle answers one query');
    const { segments, degree } = this.#geometry;
    checkQueries(this.#side, this.#geometry, queries);
    this.#planes = undefined;
    try {
      const planesOf = (group: number, segment: number) => {
        const first = (group * segments + segment) * (degree + 1);
        return planes.slice(first, first + degree + 1);
      };
      return answerWith(this.#side, this.#geometry, queries, planesOf, this.#lost);
    } finally {
      for (const plane of planes) plane.delete();
    }
  }

  delete(): void {
    for (const plane of this.#planes ?? []) plane.delete();
    this.#planes = undefined;
  }
}

/** How many vectors of N values a table's polynomials are. */
export const planeCount = ({ bins, degree, segments }: TableShape) => (bins / LINKAGE.degree) * segments * (degree + 1);

type Planes = readonly (BigUint64Array | PreparedValues)[];
type Lost = Pick<BundleAnswer, 'capped' | 'overflowed'>;

function checkQueries({ context }: PublicSide, { bins, degree }: TableShape, queries: readonly Uint8Array[]): void {
  const needed = (bins / context.slots) * degree;
  if (queries.length !== needed) throw new RangeError(`a bundle needs ${needed} ciphertexts, got ${queries.length}`);
}

/** `planesOf`: the coefficients of a segment's polynomials in a group of bins, until the next call. */
function answerWith(
  side: PublicSide,
  { bins, degree, segments }: TableShape,
  queries: readonly Uint8Array[],
  planesOf: (group: number, segment: number) => Planes,
  { capped, overflowed }: Lost,
): BundleAnswer {
  const answers: Uint8Array<ArrayBuffer>[] = [];
  for (let group = 0; group < bins / side.context.slots; group++) {
    withScope((keep) => {
      const powers = queries
        .slice(group * degree, (group + 1) * degree)
        .map((bytes) => side.toNtt(keep(side.load(bytes))));
      for (let segment = 0; segment < segments; segment++) {
        answers.push(evaluate(side, planesOf(group, segment), powers));
      }
    });
  }
  return { answers, capped, overflowed };
}

/** A sealed answer: plane 0 + plane 1 x + plane 2 x^2 + ..., slot by slot, of encrypted powers of x. */
function evaluate(side: PublicSide, planes: Planes, powers: readonly Ciphertext[]): Uint8Array<ArrayBuffer> {
  let sum = side.addValues(undefined, planes[0] as Planes[number]);
  for (const [i, power] of powers.entries()) {
    sum = side.addProduct(sum, power, planes[i + 1] as Planes[number]);
  }
  const answer = side.seal(sum);
  sum?.delete();
  return answer;
}
