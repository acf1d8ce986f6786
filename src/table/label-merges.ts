import damerauLevenshtein from 'damerau-levenshtein';
import { type LabelCount, MISSING_LABEL } from './group-labels.ts';
import { normaliseText } from './normalise.ts';

/** Labels that are likely to mean the same: the rare spellings, and the usual one. */
export interface LabelMerge {
  readonly from: readonly LabelCount[];
  readonly into: LabelCount;
}

/** Labels compared; a column with more is no grouping. */
const MAX_LABELS = 500;
/** How many times as many rows the usual spelling has to have, where letters differ. */
const USUAL = 10;
/** Letters that a label has to have for one slip, and for two. */
const ONE_SLIP = 3;
const TWO_SLIPS = 9;

/** Answers that say yes and no, in capitals or not. A column of others as well has other codes. */
const YES =
  'yes y true t 1 ja j wahr oui o vrai si sí s sim verdadero verdadeiro vero да д так tak ano áno igen kyllä evet jah jā taip ναι はい 是 예 네 نعم כן हाँ ใช่ có ya';
const NO =
  'no n false f 0 nein falsch non faux não nao falso нет н ні nie ne nem ei hayır nee nej nei nē όχι いいえ 否 아니오 아니요 لا לא नहीं ไม่ không tidak';
const ANSWERS = new Map(
  [YES, NO].flatMap((words, meaning) => words.split(' ').map((word) => [normaliseText(word), meaning] as const)),
);

/** Other spellings of yes and no, into the usual ones; nothing where other labels are among them. */
function answerMerges(labels: readonly LabelCount[]): LabelMerge[] {
  const meant = labels.filter(({ label }) => label !== MISSING_LABEL);
  const meanings = meant.map(({ label }) => ANSWERS.get(normaliseText(label)));
  if (meanings.includes(undefined)) return [];
  return [0, 1].flatMap((meaning) => {
    const [into, ...from] = meant.filter((_label, i) => meanings[i] === meaning);
    return into === undefined || from.length === 0 ? [] : [{ into, from }];
  });
}

/**
 * Which labels of a column to merge, by likeness: the same but for case, blanks, marks and punctuation; or a rare one that is a
 * slip or two away from a usual one (letters left out, added, exchanged or swapped). Labels that differ in digits are never alike,
 * but for answers: `Y`, `1` and `yes` are one where all labels say yes or no.
 * `labels`: most rows first.
 */
export function proposeMerges(labels: readonly LabelCount[]): LabelMerge[] {
  if (labels.length > MAX_LABELS) return [];
  const answers = answerMerges(labels);
  if (answers.length > 0) return answers;
  const merges = new Map<LabelCount, LabelCount[]>();
  const usual: { readonly label: LabelCount; readonly plain: string }[] = [];
  for (const label of labels) {
    if (label.label === MISSING_LABEL) continue;
    const plain = normaliseText(label.label);
    const into = usual.find((other) => isSpellingOf({ label, plain }, other))?.label;
    if (into === undefined) usual.push({ label, plain });
    else merges.set(into, [...(merges.get(into) ?? []), label]);
  }
  return [...merges].map(([into, from]) => ({ into, from }));
}

interface PlainLabel {
  readonly label: LabelCount;
  readonly plain: string;
}

function isSpellingOf(rare: PlainLabel, usual: PlainLabel): boolean {
  if (rare.plain === usual.plain) return rare.plain !== '';
  if (rare.label.rows * USUAL > usual.label.rows) return false;
  if (digits(rare.plain) !== digits(usual.plain)) return false;
  const length = Math.min(letters(rare.plain), letters(usual.plain));
  const allowed = length < ONE_SLIP ? 0 : length < TWO_SLIPS ? 1 : 2;
  return allowed > 0 && damerauLevenshtein(rare.plain, usual.plain).steps <= allowed;
}

const digits = (text: string) => text.replace(/\P{N}+/gu, ' ').trim();
const letters = (text: string) => [...text.matchAll(/\p{L}/gu)].length;
