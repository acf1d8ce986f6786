/** Whether a run is to be judged by long texts alone (`text-model.ts`). */
import type { Candidate } from '../keys/agreement-count.ts';
import { gramsOf } from '../keys/expectation.ts';
import { BIGRAMS } from '../keys/field-types.ts';
import type { ScoringRules } from './candidate-evidence.ts';

/** A field that fewer records have is hardly there. */
const MOSTLY_FILLED = 0.5;
/** Strong agreement is that in this share of the bands. */
const STRONG = 0.1;
/** Of strong agreements with the data, the share that those within the list let expect, from which on they tell nothing of strangers. */
const MUCH_ALIKE = 0.25;

/**
 * True where all fields that most records have are long texts, and the list's records agree with each other about as often as with
 * the data's, strongly, too. That is one side's way of wording, or whole families of things; people written as one text differ.
 */
export function longTextsAlone(candidates: readonly Candidate[], rules: ScoringRules): boolean {
  const { design, values, dataRows } = rules;
  if (design.source !== 'minhash' || !hasOnlyLongTexts(rules)) return false;
  const strong = (pairs: readonly Candidate[]) =>
    pairs.filter(({ bands }) => bands >= STRONG * design.bands.length).length;
  const { within, fields } = values;
  const records = fields[0]?.codes.length ?? 0;
  const expected = (strong(within.pairs) * records * dataRows) / Math.max(1, within.records) ** 2;
  return expected > MUCH_ALIKE * strong(candidates);
}

function hasOnlyLongTexts({ design: { bands }, values: { fields } }: ScoringRules): boolean {
  const filled = fields.flatMap(({ codes }, field) =>
    codes.filter((code) => code !== 0).length < MOSTLY_FILLED * codes.length ? [] : [field],
  );
  return filled.length > 0 && filled.every((field) => gramsOf(bands, field) > BIGRAMS);
}
