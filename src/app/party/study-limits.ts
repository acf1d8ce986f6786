/** What a data owner's study file lets `blindjoin own` answer without a person, beside its rules. A page keeps it and asks people. */
import { z } from 'zod';
import { studySchema } from '../../agreement/study.ts';

const rows = z.int().min(1).max(1_000_000);

export const studyLimitsSchema = z.strictObject({
  /** The ledger's limit of the file: so many runs within so many times 24 hours. */
  runs: z.strictObject({
    most: z.int().min(1).max(1000),
    days: z.int().min(1).max(3660),
    /** What runs with noise may cost together, ever. */
    epsilon: z.number().min(0.01).max(1000).optional(),
  }),
  /** One of them is what the researcher says to be of. Left out: whoever they are. */
  organisations: z.array(studySchema.shape.organisation.unwrap()).min(1).max(100).optional(),
  /** The list's rows, rounded up as the agreement has them. */
  listRows: z.strictObject({ least: rows.optional(), most: rows.optional() }).optional(),
  /** Most groups that the researcher may divide the table into besides. Left out: they may not. */
  researcherGroups: z.int().min(1).max(256).optional(),
});
export type StudyLimits = z.infer<typeof studyLimitsSchema>;
