/**
 * Where each side of a run stands, said first on every channel: a run that begins has nothing behind it, one whose page was
 * reloaded goes on from what both have kept.
 */
import { ProtocolError } from './conversation.ts';

/** The last of the researcher's messages, bundle queries aside, that the owner has kept. */
export const OWNER_STEPS = [
  'nothing',
  'linkage-keys',
  'tally-keys',
  'label-query',
  'tally-bits',
  'tally-counts',
  'tally-inverses',
] as const;
export type OwnerStep = (typeof OWNER_STEPS)[number];

/** The last of the owner's answers, bundles aside, that the researcher has kept. */
export const RESEARCHER_STEPS = ['nothing', 'label-answer', 'tally-sum', 'tally-gate', 'tally-release'] as const;
export type ResearcherStep = (typeof RESEARCHER_STEPS)[number];

export interface OwnerPosition {
  reached: OwnerStep;
  /** Bundles that have their one answer, whether or not it has arrived. */
  answered: number[];
}

export interface ResearcherPosition {
  reached: ResearcherStep;
  /** Bundles whose answers the researcher has read and kept. */
  read: number[];
}

export const ownerHas = (reached: OwnerStep, step: OwnerStep) =>
  OWNER_STEPS.indexOf(reached) >= OWNER_STEPS.indexOf(step);
export const researcherHas = (reached: ResearcherStep, step: ResearcherStep) =>
  RESEARCHER_STEPS.indexOf(reached) >= RESEARCHER_STEPS.indexOf(step);

/**
 * Both sides ask this before they go on.
 * @throws `ProtocolError` where the two positions cannot be of one run
 */
export function checkPositions(researcher: ResearcherPosition, owner: OwnerPosition, bundles: number): void {
  const read = new Set(researcher.read);
  const answered = new Set(owner.answered);
  const has = (step: OwnerStep) => ownerHas(owner.reached, step);
  const knows = (step: ResearcherStep) => researcherHas(researcher.reached, step);
  const possible =
    read.size === researcher.read.length &&
    answered.size === owner.answered.length &&
    researcher.read.every((bundle) => answered.has(bundle)) &&
    (answered.size === 0 || has('linkage-keys')) &&
    (answered.size === bundles || !has('tally-keys')) &&
    (read.size === bundles || !has('label-query')) &&
    (has('label-query') || !knows('label-answer')) &&
    (knows('label-answer') || !has('tally-bits')) &&
    (has('tally-bits') || !knows('tally-sum')) &&
    (knows('tally-sum') || !has('tally-counts')) &&
    (has('tally-counts') || !knows('tally-gate')) &&
    (knows('tally-gate') || !has('tally-inverses')) &&
    (has('tally-inverses') || !knows('tally-release'));
  if (!possible) {
    throw new ProtocolError('the two pages do not remember the same run, so it cannot be resumed; start again');
  }
}
