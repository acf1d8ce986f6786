import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { KeyDesign } from '../../agreement/agreement.ts';
import type { BandSuggestion } from '../../keys/band-rule.ts';
import { plainColumn, plainTable } from '../../testing/plain-table.ts';
import type { Party } from '../party/party.ts';
import { initialState, type PartyState } from '../party/state.ts';
import { BandAdvice } from './band-advice.tsx';

const design: KeyDesign = {
  source: 'minhash',
  seed: '00'.repeat(16),
  bands: Array.from({ length: 64 }, () => ({ fields: [{ field: 0, picks: [1, 2] }] })),
  lookAlikes: [0.123],
  fieldFigures: [{ empty: 0.02, length: 8 }],
};
const advice: BandSuggestion = {
  bands: 24,
  agreeingBands: 3,
  recall: 0.99199,
  hardRecall: 0.96,
  lookAlikes: 0.25,
  reason: 'goal',
};

/** A file of one column to match by. */
function shown(state: Partial<PartyState>): string {
  const summary = plainTable([plainColumn('name', { guess: 'name' })], 9);
  const whole: PartyState = { ...initialState('owner'), file: { kind: 'ready', summary }, uses: ['name'], ...state };
  return renderToStaticMarkup(
    <MantineProvider>
      <BandAdvice party={{} as Party} state={whole} />
    </MantineProvider>,
  );
}

it('it says what is expected of the numbers chosen and which would be enough, and offers them', () => {
  const page = shown({ design, bandAdvice: advice });
  expect(page).toMatch(/With 64 bands, 2 of them agreeing, [89]\d(\.\d)? % of the people in both files/);
  expect(page).toContain(
    'of those with mistakes in most fields. About 1 in 8 rows is also compared with a stranger’s row.',
  );
  expect(page).toContain(
    'Enough for 99 %, and for 95 % of those with mistakes in most fields: With 24 bands, 3 of them agreeing, 99.1 % of the people',
  );
  expect(page).toContain('Use 24 bands');
  expect(page).toContain('3 % of the characters are mistyped');
});

it('where nothing reaches the goal it says why there are no more', () => {
  expect(shown({ design, bandAdvice: { ...advice, reason: 'best' } })).toContain('More would find hardly anybody else');
  expect(shown({ design, bandAdvice: { ...advice, reason: 'rows' } })).toContain('too long with so many rows');
});

it('it offers nothing where the numbers are the ones advised, and waits for both', () => {
  const rules = { ...initialState('owner').rules, bands: 24, agreeingBands: 3 };
  const page = shown({ design, bandAdvice: advice, rules });
  expect(page).not.toContain('Use 24 bands');
  expect(page).toContain('24 bands, as the page decides from your file. Enough for 99 %');
  expect(shown({ design })).not.toContain('should be found');
  expect(shown({ bandAdvice: advice })).not.toContain('should be found');
});
