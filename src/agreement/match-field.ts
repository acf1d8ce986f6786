/** How a matching field is turned into tokens, and so into keys. */
export const FIELD_TYPES = ['name', 'text', 'code', 'date', 'category'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** One field that both parties hold and match on. */
export interface MatchField {
  readonly name: string;
  readonly type: FieldType;
}

/** The families of locality-sensitive keys a person can choose from. */
export const KEY_SOURCES = ['minhash', 'p-sig', 'lambda-fold'] as const;
export type KeySource = (typeof KEY_SOURCES)[number];
