import type { FieldDigester } from './field-digester.ts';
import { absorb32, hashText, hashWords } from './hash.ts';

type Cut = (characters: readonly string[]) => readonly string[];

const everySecond =
  (start: number): Cut =>
  (characters) =>
    characters.filter((_, i) => i % 2 === start);

/** First character, then consonants without repetition: close to how a name sounds. */
const consonants: Cut = (characters) =>
  characters
    .filter((character, i) => i === 0 || !'aeiouyhw'.includes(character))
    .filter((character, i, kept) => character !== kept[i - 1]);

export const WINDOW_STEP = 4;
const WINDOW_SIZE = 6;
/** Windows from the front, and as many from the back. */
export const SIGNATURE_WINDOWS = 16;

/**
 * The parts of a value that a signature can be joined from. A band's picks index this list, so its order never changes: eight parts of
 * any value, then windows of six characters at every fourth, counted from the front, then from the back.
 */
export const SIGNATURE_PARTS: readonly Cut[] = [
  (characters) => characters,
  (characters) => characters.slice(0, 3),
  (characters) => characters.slice(0, 4),
  (characters) => characters.slice(-4),
  everySecond(0),
  everySecond(1),
  consonants,
  (characters) => characters.slice(-3),
  ...windows((start) => (characters) => characters.slice(start, start + WINDOW_SIZE)),
  ...windows((start) => (characters) => {
    const end = Math.max(0, characters.length - start);
    return characters.slice(Math.max(0, end - WINDOW_SIZE), end);
  }),
];

function windows(cutAt: (start: number) => Cut): Cut[] {
  return Array.from({ length: SIGNATURE_WINDOWS }, (_, i) => cutAt(i * WINDOW_STEP));
}

/** The place in SIGNATURE_PARTS of window `i` from one end. */
export function windowPart(end: 'front' | 'back', i: number): number {
  return 8 + i + (end === 'back' ? SIGNATURE_WINDOWS : 0);
}

/**
 * Parts of a field's values, for p-sig keys: `pick` selects one of SIGNATURE_PARTS.
 * @throws RangeError for an unknown part
 */
export function signaturePartDigester(values: readonly string[], key: ArrayLike<number>): FieldDigester {
  const keyLow = hashWords(key, 0x70736967);
  const keyHigh = hashWords(key, 0x70736968);
  return (pick, low, high) => {
    const cut = SIGNATURE_PARTS[pick];
    if (!cut) throw new RangeError(`a p-sig band picks part ${pick}, but there are ${SIGNATURE_PARTS.length} parts`);
    for (let v = 1; v < low.length; v++) {
      const part = cut([...(values[v] as string)]).join('');
      low[v] = absorb32(absorb32(low[v] as number, pick), hashText(part, keyLow));
      high[v] = absorb32(absorb32(high[v] as number, pick), hashText(part, keyHigh));
    }
  };
}
