/** How each field of two rows adds to the Dice similarity of their CLKs. */
import { createEncoder } from '../clk/encoder.ts';
import { type Feature, isIgnored, type LinkageSchema } from '../clk/linkage-schema.ts';

export interface FieldShare {
  readonly field: string;
  readonly first: string;
  readonly second: string;
  /** What the field would add if the rows had the same bits; all fields together add 1. */
  readonly most: number;
  /** What it does add; all fields together add the similarity. */
  readonly adds: number;
}

export interface PairWaterfall {
  /** Dice similarity of the two CLKs. */
  readonly similarity: number;
  /** In the order of the schema, ignored features left out. */
  readonly fields: readonly FieldShare[];
}

/** The schema with one feature only, without folds. Keys go by a feature's place, so the feature's bits stay the same. */
function onlyFeature(schema: LinkageSchema, index: number): LinkageSchema {
  const { l, xor_folds: folds = 0 } = schema.clkConfig;
  const features = schema.features.map(
    (feature, i): Feature => (i === index ? feature : { identifier: feature.identifier, ignored: true }),
  );
  return { ...schema, clkConfig: { ...schema.clkConfig, l: l * 2 ** folds, xor_folds: 0 }, features };
}

const hasBit = (bits: Uint8Array, position: number): boolean =>
  (((bits[position >>> 3] ?? 0) >>> (7 - (position & 7))) & 1) === 1;

/**
 * For each bit of a row's CLK, the fields that set it.
 * @param filters the unfolded filter of each field
 */
function bitOwners(filters: readonly Uint8Array[], length: number, folds: number): number[][] {
  const owners: number[][] = Array.from({ length }, () => []);
  const parity = new Uint8Array(length);
  for (let source = 0; source < length * 2 ** folds; source++) {
    const setters = filters.flatMap((filter, field) => (hasBit(filter, source) ? [field] : []));
    if (setters.length === 0) continue;
    parity[source % length] = (parity[source % length] ?? 0) ^ 1;
    owners[source % length]?.push(...setters);
  }
  // Folding is an exclusive or: what meets an even number of times is gone.
  return owners.map((fields, position) => (parity[position] === 1 ? [...new Set(fields)] : []));
}

/**
 * Splits the similarity of two rows over their fields. A bit that several fields set counts in equal parts for each;
 * of a common bit each row brings half. So the parts add up to the Dice similarity exactly.
 * @param rows the values of the two rows, one a feature
 * @throws EncodingError when a value cannot be encoded
 */
export function pairWaterfall(
  schema: LinkageSchema,
  secret: string,
  [first, second]: readonly [readonly string[], readonly string[]],
): PairWaterfall {
  const { l: length, xor_folds: folds = 0 } = schema.clkConfig;
  const indices = schema.features.flatMap((feature, i) => (isIgnored(feature) ? [] : [i]));
  const encoders = indices.map((index) => createEncoder(onlyFeature(schema, index), secret));
  const owners = [first, second].map((row) =>
    bitOwners(
      encoders.map(({ encode }) => encode(row)),
      length,
      folds,
    ),
  );
  const [ours = [], theirs = []] = owners;
  const total = owners.reduce((sum, bits) => sum + bits.filter((fields) => fields.length > 0).length, 0);
  const most = new Float64Array(indices.length);
  const adds = new Float64Array(indices.length);
  for (let position = 0; position < length; position++) {
    const sides = [ours[position] ?? [], theirs[position] ?? []];
    const common = sides.every((fields) => fields.length > 0);
    for (const fields of sides) {
      for (const field of fields) {
        const part = 1 / (fields.length * total);
        most[field] = (most[field] ?? 0) + part;
        if (common) adds[field] = (adds[field] ?? 0) + part;
      }
    }
  }
  const fields = indices.map((index, i) => ({
    field: schema.features[index]?.identifier ?? '',
    first: first[index] ?? '',
    second: second[index] ?? '',
    most: most[i] ?? 0,
    adds: adds[i] ?? 0,
  }));
  return { similarity: fields.reduce((sum, field) => sum + field.adds, 0), fields };
}
