/** What the keys of some terms take: fields that there are, those of names where they join them, and parts that there are. */
import { type FieldType, type KeySource, SIGNATURE_PART_COUNT } from './match-field.ts';

interface KeyedBand {
  readonly fields: readonly { readonly field: number; readonly picks: readonly number[] }[];
}

/** Terms as far as the fields of keys go. */
interface KeyedTerms {
  readonly fields: readonly { readonly type: FieldType }[];
  readonly keys: {
    readonly source: KeySource;
    readonly bands: readonly KeyedBand[];
    readonly joined?: readonly number[] | undefined;
  };
}

/** What is wrong with what keys take; undefined where nothing is. */
export function keyFieldsProblem({ fields, keys: { source, bands, joined = [] } }: KeyedTerms): string | undefined {
  if (joined.some((field) => fields[field]?.type !== 'name')) return 'the keys join fields that are no names';
  if (joined.some((field, i) => i > 0 && field <= (joined[i - 1] as number)))
    return 'the fields that the keys join must ascend';
  // Joined names are the field behind the last.
  const places = fields.length + (joined.length > 0 ? 1 : 0);
  const taken = bands.flatMap((band) => band.fields);
  if (taken.some(({ field }) => field >= places)) return 'a band of the keys takes a field that there is not';
  const parts = source === 'p-sig' ? taken.flatMap(({ picks }) => picks) : [];
  return parts.some((part) => part >= SIGNATURE_PART_COUNT)
    ? 'a band of the keys takes a part of a value that there is not'
    : undefined;
}
