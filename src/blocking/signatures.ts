import { t } from '../words/translate.ts';
import { BlockingError } from './blocks.ts';
import { doubleMetaphone, type MetaphoneName } from './double-metaphone.ts';

/** A part of a signature: what is taken from one feature of a record. */
export type SignaturePart =
  | { readonly type: 'feature-value'; readonly feature: number | string }
  | { readonly type: 'metaphone'; readonly feature: number | string }
  | {
      readonly type: 'characters-at';
      readonly feature: number | string;
      readonly config: { readonly pos: readonly (number | string)[] };
    };

/** Takes one piece of a value, given as its code points. */
type Cut = (chars: readonly string[]) => string;

const WHOLE_NUMBER = /^\s*[+-]?\d+\s*$/;

function noPosition(position: string): BlockingError {
  return new BlockingError(
    t('"{{position}}" is no position. Write positions as 0, "1:4", ":3" or "2:".', { position }),
  );
}

function bound(text: string, position: string): number | undefined {
  if (text.trim() === '') return undefined;
  if (!WHOLE_NUMBER.test(text)) throw noPosition(position);
  return Number(text);
}

/** Cuts as Python slices do, negative numbers counting from the end; positions beyond the value are clamped to it. */
function compilePosition(position: number | string): Cut {
  const text = String(position);
  const [from = '', to, ...more] = text.split(':');
  const start = bound(from, text);
  const end = to === undefined ? undefined : bound(to, text);
  if (
    more.length > 0 ||
    (to === undefined && start === undefined) ||
    (to !== undefined && start === undefined && end === undefined)
  ) {
    throw noPosition(text);
  }
  if (to === undefined) return (chars) => chars.at(Math.min(start ?? 0, chars.length - 1)) ?? '';
  if (start !== undefined && end !== undefined && start >= end) {
    throw new BlockingError(
      t('"{{position}}" starts at or after its end. Write the smaller position first.', { position: text }),
    );
  }
  return (chars) => {
    const first =
      start === undefined ? undefined : Math.min(start, end === undefined ? chars.length : chars.length - 1);
    return chars.slice(first, end === undefined ? undefined : Math.min(end, chars.length)).join('');
  };
}

function compilePart(part: SignaturePart, metaphone: MetaphoneName | undefined): (value: string) => string {
  if (part.type === 'feature-value') return (value) => value;
  if (part.type === 'metaphone') return (value) => doubleMetaphone(value, metaphone).join('');
  const cuts = part.config.pos.map(compilePosition);
  return (value) => {
    const chars = [...value];
    return cuts.map((cut) => cut(chars)).join('');
  };
}

/**
 * The signatures of records, one a strategy: `<index of the strategy>_<part>_<part>`.
 * @param strategies each a list of parts
 * @param columnOf the column of a part's feature
 * @param nullSentinel a record with this value in a part has no signature of that strategy; null when none is missing
 * @param metaphone whose codes of Double Metaphone are taken, those of blocklib unless given
 * @returns a function from a record to its signatures, undefined where there is none
 */
export function compileSignatures(
  strategies: readonly (readonly SignaturePart[])[],
  columnOf: (feature: number | string) => number,
  nullSentinel: string | null,
  metaphone?: MetaphoneName,
): (record: readonly string[]) => (string | undefined)[] {
  const compiled = strategies.map((parts) =>
    parts.map((part) => ({ column: columnOf(part.feature), cut: compilePart(part, metaphone) })),
  );
  return (record) =>
    compiled.map((parts, index) => {
      let signature = String(index);
      for (const { column, cut } of parts) {
        const value = record[column];
        if (value === undefined) throw new BlockingError(t('A row has no column {{column}}.', { column }));
        if (value === nullSentinel) return undefined;
        signature += `_${cut(value)}`;
      }
      return signature;
    });
}
