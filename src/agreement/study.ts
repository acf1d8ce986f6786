/** What a study is called, for what, whose, by which approval and until when: each side says its own, all of it optional. */
import { z } from 'zod';
import { readable } from './readable.ts';

const text = (most: number) => readable(z.string().trim().min(1).max(most));

export const MAX_STUDY_TEXT = { title: 200, purpose: 1000, organisation: 200, approval: 200 } as const;

export const studySchema = z.strictObject({
  title: text(MAX_STUDY_TEXT.title).optional(),
  purpose: text(MAX_STUDY_TEXT.purpose).optional(),
  /** Of the side that says it. */
  organisation: text(MAX_STUDY_TEXT.organisation).optional(),
  /** Number of an ethics approval or a contract. */
  approval: text(MAX_STUDY_TEXT.approval).optional(),
  /** The last day, `2027-03-31`, on which a run may begin. */
  until: z.iso.date().optional(),
});
export type Study = z.infer<typeof studySchema>;

/** What both sides say of the study of one agreement. */
export interface BothStudies {
  readonly owner: Study | undefined;
  readonly researcher: Study | undefined;
}

/** The day by the clock and time zone of this computer, `2026-11-30`. */
export function dayOf(now: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The earlier of both last days, where it is over; undefined while a run may begin. */
export function pastDay({ owner, researcher }: BothStudies, now: Date): string | undefined {
  const [first] = [owner?.until, researcher?.until].filter((day) => day !== undefined).sort();
  return first !== undefined && first < dayOf(now) ? first : undefined;
}
