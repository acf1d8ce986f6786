/** How bands grow: from few picks of their first fields to more, then to a further field, until their keys are rare enough. */
import type { Band } from '../agreement/agreement.ts';
import type { FieldType } from '../agreement/match-field.ts';
import { type FieldSet, least, MAX_EMPTY } from './field-sets.ts';
import type { PickSource } from './picks.ts';

export interface BandDraft extends FieldSet {
  /** Its place in the design. */
  readonly index: number;
  readonly band: Band;
  readonly level: number;
}

export interface BandLadder {
  /** The lowest rung. */
  start(set: FieldSet, index: number): BandDraft;
  /** All fields, many picks: rows that share even this key are one person entered twice, and no design is to part them. */
  strongest(): Band;
  /** The next rung, or undefined at the top. */
  stronger(draft: BandDraft): BandDraft | undefined;
}

export interface LadderFields {
  readonly types: readonly FieldType[];
  /** Usual number of characters of the values. */
  readonly lengths: readonly number[];
  /** The chance that both records of a person have a value. */
  readonly filled: readonly number[];
  /** The fields whose names are joined, and the usual length of that: as the field behind the last. */
  readonly joined: { readonly names: readonly number[]; readonly length: number };
}

/** A place in the design that no band has: of keys that are only measured. */
const MEASURED = 256;

/**
 * Finds a field to join to others: of the fields that leave few enough rows with one key the one used least, so that bands do not all
 * depend on the same field; where none does, the one that leaves fewest. Fields that many rows lack come last, and names that are joined not at all.
 * `sharingOf`: with how many others a row shares these fields.
 */
function furtherFieldFinder(
  { filled, joined }: Pick<LadderFields, 'filled' | 'joined'>,
  sharingOf: (fields: readonly number[]) => number,
  fewEnough: number,
): (fields: readonly number[]) => number | undefined {
  const uses = new Uint32Array(filled.length);
  const isIn = (field: number, fields: readonly number[]) =>
    fields.includes(field) || (fields.includes(filled.length) && joined.names.includes(field));
  const fullEnough = (field: number) => (filled[field] as number) >= 1 - MAX_EMPTY;
  return (fields) => {
    const others = [...filled.keys()].filter((field) => !isIn(field, fields) && filled[field] !== 0);
    const full = others.filter(fullEnough);
    const left = (full.length > 0 ? full : others).map((field) => ({ field, shared: sharingOf([...fields, field]) }));
    const good = left.filter(({ shared }) => shared <= fewEnough);
    const best =
      good.length > 0 ? least(good, ({ field }) => uses[field] as number) : least(left, ({ shared }) => shared);
    if (best === undefined) return undefined;
    uses[best.field] = (uses[best.field] as number) + 1;
    return best.field;
  };
}

/** `sharing`: with how many other rows a row shares its key in such a band; `fewEnough` of them are no reason to look further. */
export function bandLadder(
  { types, lengths, filled, joined }: LadderFields,
  picks: PickSource,
  sharing: (band: Band) => number,
  fewEnough: number,
): BandLadder {
  const known = new Map<string, number>();
  const bandOf = (fields: readonly number[], level: number, index: number, asked?: number): Band => {
    const hashed = [...fields]
      .sort((a, b) => a - b)
      .map((field) => {
        const taken = { type: types[field] ?? 'name', length: lengths[field] ?? joined.length };
        return { field, ...picks.draw(taken, { fields: fields.length, level, index }) };
      });
    return { fields: asked === undefined ? hashed : [...hashed, { field: asked, picks: [] }] };
  };
  const make = ({ fields, filled: asked }: FieldSet, level: number, index: number): BandDraft => {
    const set = { fields, filled: asked !== undefined && fields.includes(asked) ? undefined : asked };
    return { ...set, level, index, band: bandOf(fields, level, index, set.filled) };
  };
  /** Keyed as usual. */
  const sharingOf = (fields: readonly number[]): number => {
    const name = [...fields].sort((a, b) => a - b).join(' ');
    const measured = known.get(name) ?? sharing(bandOf(fields, 0, MEASURED));
    known.set(name, measured);
    return measured;
  };
  const furtherField = furtherFieldFinder({ filled, joined }, sharingOf, fewEnough);
  return {
    start: (set, index) => make(set, picks.loosest, index),
    strongest: () => bandOf([...types.keys()], picks.mostLevels, MEASURED),
    stronger({ fields, level, filled: asked, index }) {
      if (level < picks.usualLevels) return make({ fields, filled: asked }, level + 1, index);
      const further = furtherField(fields);
      if (further !== undefined) return make({ fields: [...fields, further], filled: asked }, 0, index);
      return level < picks.mostLevels ? make({ fields, filled: asked }, level + 1, index) : undefined;
    },
  };
}
