/** How a matching field is turned into tokens, and so into keys. */
export const FIELD_TYPES = ['name', 'text', 'code', 'date', 'category'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Fields that an agreement has room for. */
export const MAX_FIELDS = 32;

/** One field that both parties hold and match on. */
export interface MatchField {
  readonly name: string;
  readonly type: FieldType;
  /** Of a code that is digits: how many the data owner's usually have. Lost zeros are put back on both sides. */
  readonly digits?: number | undefined;
  /** Of a date: the order of day, month and year in the data owner's file, where it is all numbers. */
  readonly dateOrder?: 'dmy' | 'mdy' | 'ymd' | undefined;
}

/** The families of locality-sensitive keys a person can choose from. */
export const KEY_SOURCES = ['minhash', 'p-sig', 'lambda-fold'] as const;
export type KeySource = (typeof KEY_SOURCES)[number];

/** Parts of a value that p-sig keys can be made of: the list is `SIGNATURE_PARTS`. */
export const SIGNATURE_PART_COUNT = 40;
