/** Who each row is, as far as the files tell: an identifier column, or a part of it. */
import { t } from '../words/translate.ts';

export interface TruthGuess {
  /** Columns by place, in the first and the second file. */
  readonly first: number;
  readonly second: number;
  /** Empty where whole values name the person. */
  readonly pattern: string;
}

/** What to look for in identifiers, from the plainest to the most particular. */
const PATTERNS = ['', String.raw`\d+`];

/**
 * Reads the person out of identifiers: the first group of the pattern, else all that it matches; nobody (empty) where it
 * matches nothing. An empty pattern takes whole values.
 * @throws Error with a message for people where the pattern is none
 */
export function personNames(values: readonly string[], pattern: string): string[] {
  if (pattern === '') return values.map((value) => value.trim());
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'u');
  } catch (error) {
    throw new Error(
      t('The pattern cannot be read ({{reason}}). Try \\d+ for the first number in each identifier.', {
        reason: error instanceof Error ? error.message : String(error),
      }),
    );
  }
  return values.map((value) => {
    const match = expression.exec(value);
    return match?.[1] ?? match?.[0] ?? '';
  });
}

/** People that both lists name. */
export function sharedPeople(first: readonly string[], second: readonly string[]): number {
  const known = new Set(second);
  let shared = 0;
  for (const person of new Set(first)) if (person !== '' && known.has(person)) shared++;
  return shared;
}

const looksLikeIdentifiers = (values: readonly string[]): boolean =>
  values.length > 0 && new Set(values).size >= 0.98 * values.length;

/**
 * Finds the columns that name people: unique values on both sides, of which the most are shared.
 * @param first columns of the first file, each with its values
 * @returns undefined where no two columns share more than a twentieth of the shorter file's people
 */
export function guessTruth(
  first: readonly (readonly string[])[],
  second: readonly (readonly string[])[],
): TruthGuess | undefined {
  let best: TruthGuess | undefined;
  let most = 0.05 * Math.min(first[0]?.length ?? 0, second[0]?.length ?? 0);
  for (const pattern of PATTERNS) {
    const named = [first, second].map((columns) =>
      columns.map((values) => personNames(values, pattern)).map((names) => (looksLikeIdentifiers(names) ? names : [])),
    );
    named[0]?.forEach((ours, i) => {
      named[1]?.forEach((theirs, j) => {
        const shared = sharedPeople(ours, theirs);
        if (shared <= most) return;
        most = shared;
        best = { first: i, second: j, pattern };
      });
    });
    // Numbers inside other values agree by chance; they are looked at only where no whole value does.
    if (best !== undefined) return best;
  }
  return best;
}
