import { describe, expect, it } from 'vitest';
import { checked } from '../parsing/checked.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import type { StepSchema } from './conversation.ts';
import { composeAgreement } from './negotiation.ts';
import { deriveSession } from './session.ts';
import { largestMessage, MAX_ATTEMPTS, runSteps } from './steps.ts';

const made = madeUpAgreement({ groups: [4], payloads: 2, dataRows: 1000, minimum: 10 });
const { agreement, layout } = deriveSession(composeAgreement(made.terms, made.list));
const steps = runSteps(agreement, layout);
const bundles = Math.ceil(agreement.terms.keys.bands.length / agreement.geometry.bandsInBundle);
const takes = (step: StepSchema<never>, body: unknown) => 'data' in checked(step.body, body);

const good: Record<string, object> = {
  researcherPosition: { reached: 'tally-gate', read: [0, bundles - 1] },
  ownerPosition: { reached: 'tally-bits', answered: [0] },
  bundleQuery: { bundle: bundles - 1, attempt: MAX_ATTEMPTS - 1, read: [0] },
  bundleAnswer: { bundle: bundles - 1 },
  labelQuery: { attempt: MAX_ATTEMPTS - 1 },
  sum: { answer: layout.answers - 1 },
};

describe.each(Object.entries(steps))('the step %s', (name, step) => {
  const body = good[name] ?? {};

  it('takes what is due, and nothing more in it', () => {
    expect(takes(step as StepSchema<never>, body)).toBe(true);
    expect(takes(step as StepSchema<never>, { ...body, more: 1 })).toBe(false);
  });

  it('takes no number beyond the run’s, below none, or that is no whole number', () => {
    for (const [key, value] of Object.entries(body)) {
      if (typeof value !== 'number') continue;
      for (const wrong of [value + 1, -1, 0.5, `${value}`]) {
        expect(takes(step as StepSchema<never>, { ...body, [key]: wrong }), `${key} ${wrong}`).toBe(false);
      }
    }
  });

  it('takes lists of bundles that there are, and words that there are', () => {
    for (const key of ['read', 'answered'].filter((list) => list in body)) {
      for (const wrong of [[bundles], [-1], new Array(bundles + 1).fill(0), 0]) {
        expect(takes(step as StepSchema<never>, { ...body, [key]: wrong }), `${key} ${wrong}`).toBe(false);
      }
    }
    if ('reached' in body) expect(takes(step as StepSchema<never>, { ...body, reached: 'end' })).toBe(false);
  });
});

it('a bundle has few tries, each with other keys: a researcher does not choose among many', () => {
  expect(MAX_ATTEMPTS).toBeLessThanOrEqual(16);
});

it('no message may be larger than the largest step with its head', () => {
  const sizes = Object.values(steps).map((step) =>
    (step.blobSizes as () => readonly number[])().reduce((sum, bytes) => sum + bytes, 0),
  );
  expect(largestMessage(agreement, layout)).toBeGreaterThan(Math.max(...sizes));
  expect(largestMessage(agreement, layout)).toBeLessThan(Math.max(...sizes) + 200_000);
});
