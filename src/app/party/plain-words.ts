/** Words and numbers of the agreement's sentences. */
import type { Perturbation } from '../../agreement/agreement.ts';
import type { AskedStatistics } from '../../agreement/statistics.ts';
import { ERROR_MODEL, HARD_MODEL } from '../../keys/expectation.ts';
import { numberWords, roundedWords } from '../../words/format.ts';

export interface ClauseTable {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Clause {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly table?: ClauseTable;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Labels, each in quotation marks where one holds a comma or an “and”, so that they can be told apart. */
export function labelWords(labels: readonly string[]): string {
  const blurred = labels.some((label) => /,| and /.test(label));
  return listWords(blurred ? labels.map((label) => `“${label}”`) : labels);
}

/** `counts, means, sums and standard deviations`: those asked for. */
export function statisticsWords({ count, mean, sum, sd }: AskedStatistics): string {
  const words = [count && 'counts', mean && 'means', sum && 'sums', sd && 'standard deviations'];
  return listWords(words.filter((w) => w !== false));
}

/** `exact`, `noise with epsilon 0.5`, `counts rounded to 5`. */
export function perturbationWords(perturbation: Perturbation | undefined): string {
  if (perturbation === undefined) return 'exact';
  return perturbation.kind === 'noise'
    ? `noise with epsilon ${numberWords(perturbation.epsilonThousandths / 1000)}`
    : `counts rounded to ${perturbation.base}`;
}

/** `99.2 %`, rounded down: it is not to promise too much. */
export function recallWords(share: number): string {
  return `${numberWords(Math.floor(1000 * share) / 10)} %`;
}

/** `rows`: of other people that a row agrees with in enough bands, on average. */
export function strangersWords(rows: number): string {
  if (rows >= 1) return `A row is also compared with about ${roundedWords(rows, 2)} rows of other people.`;
  if (rows < 1e-6) return 'Hardly any row is compared with that of another person.';
  return `About 1 in ${numberWords(Math.round(1 / rows))} rows is also compared with a stranger’s row.`;
}

function percentOf(share: number): string {
  return `${numberWords(100 * share)} %`;
}

/** What the figures of expectations assume. */
export const ERROR_MODEL_WORDS = `${percentOf(ERROR_MODEL.other)} of a person’s values are quite different in the other file, and ${percentOf(ERROR_MODEL.slip)} of the characters are mistyped`;
export const HARD_MODEL_WORDS = `${percentOf(HARD_MODEL.other)} and ${percentOf(HARD_MODEL.slip)}, and for ${percentOf(HARD_MODEL.together)} of the people half of the fields differ at once, as after moving house`;
