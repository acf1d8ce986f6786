import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { MatchScores } from '../../agreement/result.ts';
import { madeUpStep } from '../../testing/made-up-scores.ts';
import { doubtSentence, thresholdSentence } from '../party/certainty-words.ts';
import { MatchChoice } from './match-choice.tsx';

const scores: MatchScores = {
  steps: [
    madeUpStep({ weight: 11, candidates: 30, matches: 1200, precision: 0.951, recall: 1 }),
    madeUpStep({ weight: 12, candidates: 1180, matches: 1180, precision: 0.99, recall: 0.984 }),
  ],
  threshold: 12,
  records: 2000,
};
const shown = (of: MatchScores) =>
  renderToStaticMarkup(
    <MantineProvider>
      <MatchChoice scores={of} onChosen={() => {}} />
    </MantineProvider>,
  );

it('shows the estimates at the threshold that the run would take, a slider and every step', () => {
  const page = shown(scores);
  expect(page).toContain('From a weight of 12 up there are 1,180 matches. By estimate 99.0 % of them are right');
  expect(page).toContain('They include 98.4 % of the people who agree in enough bands');
  expect(page).toMatch(/role="slider"[^>]*aria-label="Threshold"|aria-label="Threshold"[^>]*role="slider"/);
  expect(page).toContain('aria-valuemin="11"');
  expect(page.match(/<tr/g)).toHaveLength(1 + scores.steps.length);
  expect(page).toContain('Ask for the table');
});

it('where nobody can match, it says so, and the table can be asked for all the same', () => {
  const page = shown({ steps: [], threshold: 0, records: 2000 });
  expect(page).toContain('No record of yours agrees with a row of the data in enough bands.');
  expect(page).not.toContain('role="slider"');
  expect(page).toContain('Ask for the table');
});

it('one match is one', () => {
  expect(thresholdSentence(madeUpStep({ weight: 3, matches: 1 }))).toContain('there is 1 match.');
});

it('says from where to where the truth may lie', () => {
  const step = madeUpStep({ weight: 12, matches: 1180, precisionRange: [0.971, 0.997], recallRange: [0.93, 0.99] });
  expect(thresholdSentence(step)).toContain('(97.1 to 99.7 %)');
  expect(thresholdSentence(step)).toContain('perhaps 93.0 to 99.0 % of all people in both files');
});

describe('where few match and many of them may be wrong', () => {
  const doubtful = madeUpStep({ weight: 17, matches: 42, precision: 0.86, precisionRange: [0.45, 0.99] });
  const sure = madeUpStep({ weight: 24, matches: 15, precision: 0.99, precisionRange: [0.96, 1] });
  const few: MatchScores = { steps: [doubtful, sure], threshold: 17, strict: 24, records: 3000 };

  it('a warning says so, and the strict threshold is offered', () => {
    const page = shown(few);
    expect(page).toContain('Only 42 of your 3,000 records match. Up to 23 of these 42 matches may be other people');
    expect(page).toContain('From a weight of 24 up, nearly all should be right.');
    expect(page).toContain('Take the strict threshold, 24');
  });

  it('at the strict threshold there is none', () => {
    expect(doubtSentence(few, 24)).toBe(undefined);
    expect(shown({ ...few, threshold: 24 })).not.toContain('Take the strict threshold');
  });

  it('where no threshold is strict enough, it says that too', () => {
    expect(doubtSentence({ ...few, strict: undefined }, 17)).toContain('No threshold makes them sure.');
  });
});
