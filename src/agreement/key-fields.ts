/** Which fields the keys of some terms name: fields that there are, and those of names where they join them. */
import type { FieldType } from './match-field.ts';

/** Terms as far as the fields of keys go. */
interface KeyedTerms {
  readonly fields: readonly { readonly type: FieldType }[];
  readonly keys: {
    readonly bands: readonly { readonly fields: readonly { readonly field: number }[] }[];
    readonly joined?: readonly number[] | undefined;
  };
}

/** What is wrong with the fields that keys name; undefined where nothing is. */
export function keyFieldsProblem({ fields, keys: { bands, joined = [] } }: KeyedTerms): string | undefined {
  if (joined.some((field) => fields[field]?.type !== 'name')) return 'the keys join fields that are no names';
  if (joined.some((field, i) => i > 0 && field <= (joined[i - 1] as number)))
    return 'the fields that the keys join must ascend';
  // Joined names are the field behind the last.
  const places = fields.length + (joined.length > 0 ? 1 : 0);
  const named = bands.flatMap((band) => band.fields.map(({ field }) => field));
  return named.some((field) => field >= places) ? 'a band of the keys takes a field that there is not' : undefined;
}
