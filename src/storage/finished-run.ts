/** What is kept of a run that is over: what either side ends with, as JSON has it. No row of a file and no key is in it. */
import { z } from 'zod';
import { agreementSchema } from '../agreement/agreement.ts';
import type { OwnerOutcome, ResearcherResult } from '../agreement/result.ts';

export type FinishedRun =
  | { readonly kind: 'result'; readonly result: ResearcherResult }
  | { readonly kind: 'outcome'; readonly outcome: OwnerOutcome };

/** What either side's page needs of its end to show it. */
const common = {
  agreement: agreementSchema,
  agreementHash: z.string(),
  records: z.number(),
  measures: z.looseObject({}),
  finishedAt: z.iso.datetime(),
  version: z.string(),
};

const figures = z.looseObject({ payload: z.string(), suppressed: z.boolean() });
const row = z.looseObject({
  labels: z.array(z.string()),
  count: z.number().optional(),
  payloads: z.array(figures),
});
const result = z.looseObject({
  ...common,
  rows: z.array(row),
  recordsWithKey: z.number(),
  matches: z.number(),
  scores: z.looseObject({ steps: z.array(z.looseObject({ weight: z.number() })), threshold: z.number() }),
});
const outcome = z.looseObject({
  ...common,
  leftOut: z.looseObject({ capped: z.number(), overflowed: z.number() }),
});

/** The record is authentic, but another version of the page may have written it: this says whether this one can show it. */
export const finishedRunSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), result }),
  z.object({ kind: z.literal('outcome'), outcome }),
]) as unknown as z.ZodType<FinishedRun>;
