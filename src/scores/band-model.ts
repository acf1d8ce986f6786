/** What bands and fields have to do with each other, and two records while they are compared. */
import type { Band } from '../agreement/agreement.ts';

/** The chance that a band agrees in a field of which the values are only similar: two or three MinHash values, after a slip. */
const SIMILAR_AGREES = 0.25;
/** The chance that a band agrees where all its fields are the same: rows may be left out of full bins and of too common keys. */
const SAME_AGREES = 0.99;
/** What a band asks of the fields. */
export interface BandRoles {
  /** Fields whose values are to agree. */
  readonly hashed: readonly number[];
  /** How many picks it takes of each of them. */
  readonly picks: readonly number[];
  /** Fields that both sides are to have a value in, whichever it is. */
  readonly filled: readonly number[];
}

function rolesOf({ fields }: Band): BandRoles {
  const hashed = fields.filter(({ picks }) => picks.length > 0);
  const filled = fields.filter(({ picks }) => picks.length === 0);
  return {
    hashed: hashed.map(({ field }) => field),
    picks: hashed.map(({ picks }) => picks.length),
    filled: filled.map(({ field }) => field),
  };
}

const picksOf = ({ hashed, picks }: BandRoles, field: number) => picks[hashed.indexOf(field)] as number;

/** What bands and fields have to do with each other, whichever two records are compared. */
export interface BandModel {
  readonly roles: readonly BandRoles[];
  /** By field, the bands that hash it, how many picks each of them takes of it, and the bands that want it filled. */
  readonly hashedIn: readonly (readonly number[])[];
  readonly picksIn: readonly (readonly number[])[];
  readonly filledIn: readonly (readonly number[])[];
  /** The chance that a band agrees, by how many of its fields are similar; the logarithms of that, and of its failing. */
  readonly chances: readonly number[];
  readonly agrees: readonly number[];
  readonly fails: readonly number[];
}

export function bandModel(bands: readonly Band[], fields: number): BandModel {
  const roles = bands.map(rolesOf);
  const bandsWhere = (uses: (band: BandRoles, field: number) => boolean) =>
    Array.from({ length: fields }, (_, field) => roles.flatMap((band, index) => (uses(band, field) ? [index] : [])));
  const most = Math.max(...roles.map(({ hashed }) => hashed.length));
  const chances = Array.from({ length: most + 1 }, (_, similar) => SAME_AGREES * SIMILAR_AGREES ** similar);
  const hashedIn = bandsWhere(({ hashed }, field) => hashed.includes(field));
  return {
    roles,
    hashedIn,
    picksIn: hashedIn.map((ofField, field) => ofField.map((band) => picksOf(roles[band] as BandRoles, field))),
    filledIn: bandsWhere(({ filled }, field) => filled.includes(field)),
    chances,
    agrees: chances.map(Math.log),
    fails: chances.map((chance) => Math.log(1 - chance)),
  };
}

/** Two records while they are compared. */
export interface Comparison {
  /** One a field. */
  readonly levels: Uint8Array;
  /** One a band: 1 where it agrees. */
  readonly agreeing: Uint8Array;
  /** By band, how many of its fields may make it fail whatever the others are. */
  readonly blocks: Uint8Array;
  /** By band, how many of its fields are similar. */
  readonly similarIn: Uint8Array;
  /** By field, the step of likeness that it is taken for as a part of the bands of others (`likeness-reader.ts`); of all others the step behind the last. */
  readonly nearlySame: Uint8Array;
}
