import type { MatchField } from '../agreement/match-field.ts';

/**
 * Column-wise normalised values of the match fields, dictionary-coded: `values[f]` holds the distinct normalised
 * strings of field f, `codes[f][row]` the index of a row's value, 0 for empty (`values[f][0] === ''`).
 */
export interface MatchRecords {
  readonly rows: number;
  readonly fields: readonly MatchField[];
  readonly values: readonly (readonly string[])[];
  readonly codes: readonly Uint32Array[];
}
