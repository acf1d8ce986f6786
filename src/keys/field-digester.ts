/**
 * Folds what selector `pick` (a hash function, a part, a bit position) sees of every distinct value of one field into the values'
 * running 64-bit digests. `low` and `high` hold one word a value; value 0, the empty one, is left alone.
 */
export type FieldDigester = (pick: number, low: Uint32Array, high: Uint32Array) => void;
