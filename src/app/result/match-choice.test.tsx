import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { MatchScores } from '../../agreement/result.ts';
import { MatchChoice } from './match-choice.tsx';
import { thresholdSentence } from './weights-view.tsx';

const scores: MatchScores = {
  steps: [
    { weight: 11, candidates: 30, matches: 1200, precision: 0.951, recall: 1 },
    { weight: 12, candidates: 1180, matches: 1180, precision: 0.99, recall: 0.984 },
  ],
  threshold: 12,
};
const shown = (of: MatchScores) =>
  renderToStaticMarkup(
    <MantineProvider>
      <MatchChoice scores={of} onChosen={() => {}} />
    </MantineProvider>,
  );

test('shows the estimates at the threshold that the run would take, a slider and every step', () => {
  const page = shown(scores);
  expect(page).toContain('From a weight of 12 up there are 1,180 matches. By estimate 99.0 % of them are right');
  expect(page).toContain('98.4 % of the people whom the bands can find');
  expect(page).toMatch(/role="slider"[^>]*aria-label="Threshold"|aria-label="Threshold"[^>]*role="slider"/);
  expect(page).toContain('aria-valuemin="11"');
  expect(page.match(/<tr/g)).toHaveLength(1 + scores.steps.length);
  expect(page).toContain('Ask for the table');
});

test('where nobody can match, it says so, and the table can be asked for all the same', () => {
  const page = shown({ steps: [], threshold: 0 });
  expect(page).toContain('No record of yours agrees with a row of the data in enough bands.');
  expect(page).not.toContain('role="slider"');
  expect(page).toContain('Ask for the table');
});

test('one match is one', () => {
  expect(thresholdSentence({ weight: 3, candidates: 1, matches: 1, precision: 1, recall: 1 })).toContain(
    'there is 1 match.',
  );
});
