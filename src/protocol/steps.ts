/** The messages of a run, in the order they are due, with the sizes that the agreement implies. */
import { z } from 'zod';
import type { Agreement } from '../agreement/agreement.ts';
import { LINKAGE, type ParameterSet, TALLY } from '../seal/parameters.ts';
import type { TallyLayout } from '../tally/layout.ts';
import { bundlesOf, labelTableOf } from './bundles.ts';
import type { StepSchema } from './conversation.ts';
import { OWNER_STEPS, type OwnerPosition, RESEARCHER_STEPS, type ResearcherPosition } from './positions.ts';

/** Cuckoo hashing is retried with other salts this often; each try fails with negligible probability. */
export const MAX_ATTEMPTS = 16;

const SEED_BYTES = 64;
const packedBytes = (degree: number, bits: number) => (degree / 8) * bits;
const dataBits = ({ primeBits }: ParameterSet) => primeBits.slice(0, -1).reduce((sum, bits) => sum + bits, 0);
const allBits = ({ primeBits }: ParameterSet) => primeBits.reduce((sum, bits) => sum + bits, 0);

/** Wire bytes of a researcher's ciphertext, an owner's answer, a public key, relinearisation keys. */
const queryBytes = (set: ParameterSet) => packedBytes(set.degree, dataBits(set)) + SEED_BYTES;
const answerBytes = (set: ParameterSet) => packedBytes(set.degree, 2 * (set.primeBits[0] as number) - set.droppedBits);
const keyBytes = (set: ParameterSet) => packedBytes(set.degree, allBits(set)) + SEED_BYTES;
const relinBytes = (set: ParameterSet) => (set.primeBits.length - 1) * keyBytes(set);

const times = (count: number, bytes: number) => new Array<number>(count).fill(bytes);
/** A place in a list of so many. */
const placeIn = (count: number) =>
  z
    .int()
    .min(0)
    .max(count - 1);
const empty = z.strictObject({});
const fixed = (kind: string, sizes: readonly number[]): StepSchema<Record<string, never>> => ({
  kind,
  body: empty as z.ZodType<Record<string, never>>,
  blobSizes: () => sizes,
});

export interface BundleQueryBody {
  bundle: number;
  attempt: number;
  /** Bundles whose answers the researcher has read and kept since they last said so. */
  read: number[];
}

/** Positions, then the linkage: one step for each bundle, then the labels. */
function linkageSteps(agreement: Agreement) {
  const { bins, degree, segments } = agreement.geometry;
  const groups = bins / LINKAGE.degree;
  const count = bundlesOf(agreement);
  const bundle = placeIn(count);
  const bundles = z.array(bundle).max(count);
  const attempt = placeIn(MAX_ATTEMPTS);
  const labelTable = labelTableOf(agreement);
  const labelGroups = labelTable.bins / LINKAGE.degree;
  return {
    /** R, first on every channel: where the researcher stands. */
    researcherPosition: {
      kind: 'position',
      body: z.strictObject({ reached: z.enum(RESEARCHER_STEPS), read: bundles }),
      blobSizes: () => [],
    } satisfies StepSchema<ResearcherPosition>,
    /** O, first on every channel: where the owner stands. */
    ownerPosition: {
      kind: 'position',
      body: z.strictObject({ reached: z.enum(OWNER_STEPS), answered: bundles }),
      blobSizes: () => [],
    } satisfies StepSchema<OwnerPosition>,
    /** R: the public key of linkage. */
    linkageKeys: fixed('linkage-keys', [keyBytes(LINKAGE)]),
    /** R: one bundle's encrypted powers. `attempt` counts tries of cuckoo hashing; the salts of its bands depend on it. */
    bundleQuery: {
      kind: 'bundle-query',
      body: z.strictObject({ bundle, attempt, read: bundles }),
      blobSizes: () => times(groups * degree, queryBytes(LINKAGE)),
    } satisfies StepSchema<BundleQueryBody>,
    /** O: one bundle's sealed answers. */
    bundleAnswer: {
      kind: 'bundle-answer',
      body: z.strictObject({ bundle }),
      blobSizes: () => times(groups * segments, answerBytes(LINKAGE)),
    } satisfies StepSchema<{ bundle: number }>,
    /** R: labels that the researcher has seen in two bands only, as encrypted powers. `attempt` as of a bundle. */
    labelQuery: {
      kind: 'label-query',
      body: z.strictObject({ attempt }),
      blobSizes: () => times(labelGroups * labelTable.degree, queryBytes(LINKAGE)),
    } satisfies StepSchema<{ attempt: number }>,
    /** O: which of them are labels, sealed. */
    labelAnswer: fixed('label-answer', times(labelGroups * labelTable.segments, answerBytes(LINKAGE))),
  };
}

function tallySteps(layout: TallyLayout) {
  return {
    /** R: the keys of the tally. */
    tallyKeys: fixed('tally-keys', [keyBytes(TALLY), relinBytes(TALLY)]),
    /** R, step 1: Enc(b) of each stratum, then Enc(y), all their chunks. */
    bits: fixed('tally-bits', times((layout.strata + 1) * layout.chunks, queryBytes(TALLY))),
    /** O, step 2: one padded answer. */
    sum: {
      kind: 'tally-sum',
      body: z.strictObject({ answer: placeIn(layout.answers) }),
      blobSizes: () => [answerBytes(TALLY)],
    } satisfies StepSchema<{ answer: number }>,
    /** R, step 3: all of Enc(x), then all of Enc(x'). */
    counts: fixed('tally-counts', times(2 * layout.gateChunks, queryBytes(TALLY))),
    /** O, step 4: Enc(f). */
    gate: fixed('tally-gate', times(layout.gateChunks, answerBytes(TALLY))),
    /** R, step 5: Enc(w). */
    inverses: fixed('tally-inverses', times(layout.gateChunks, queryBytes(TALLY))),
    /** O, step 6: the shares of the pads. */
    release: fixed('tally-release', times(layout.gateChunks, answerBytes(TALLY))),
    /** R has what they came for; the owner may leave. */
    finished: fixed('finished', []),
  };
}

/** Every step of one session. R: sent by the researcher, O: by the owner. */
export function runSteps(agreement: Agreement, layout: TallyLayout) {
  return { ...linkageSteps(agreement), ...tallySteps(layout) };
}

/** The largest message either side may send in this session, in bytes, with room for its head. */
export function largestMessage(agreement: Agreement, layout: TallyLayout): number {
  const steps = runSteps(agreement, layout);
  const totals = Object.values(steps).map((step) => {
    const sizes = (step.blobSizes as () => readonly number[])();
    return sizes.reduce((sum, bytes) => sum + bytes + 16, 0);
  });
  return Math.max(...totals) + 65_536;
}
