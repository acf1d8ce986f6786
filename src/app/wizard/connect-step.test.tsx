import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { agreementHash } from '../../agreement/agreement.ts';
import { composeAgreement } from '../../protocol/negotiation.ts';
import { madeUpAgreement } from '../../testing/made-up-tally.ts';
import type { Party } from '../party/party.ts';
import { initialState, type PartyState } from '../party/state.ts';
import { ConnectStep } from './connect-step.tsx';

function shown(
  dataRows: number,
  deviceMemory: number,
  role: 'owner' | 'researcher' = 'owner',
  encryptionReady = false,
): string {
  vi.stubGlobal('navigator', { hardwareConcurrency: 2, deviceMemory });
  const { terms, list } = madeUpAgreement({ groups: [8], payloads: 1, dataRows, minimum: 10 });
  const agreement = composeAgreement(terms, { ...list, listRows: 5000 });
  const state: PartyState = {
    ...initialState(role),
    room: {
      link: 'https://example.org/#/researcher?room=x',
      opened: false,
      state: { kind: 'connected', code: ['one'] },
    },
    negotiation: {
      terms,
      list,
      agreement,
      hash: agreementHash(agreement),
      builds: { here: undefined },
      acceptedHere: false,
      acceptedThere: false,
    },
    keysPrepared: { done: 3, bands: 64 },
    encryptionReady,
  };
  const page = renderToStaticMarkup(
    <MantineProvider>
      <ConnectStep party={{} as Party} state={state} />
    </MantineProvider>,
  );
  vi.unstubAllGlobals();
  return page;
}

it('beside the agreement stands what the run will take, and how far keys are prepared', () => {
  const page = shown(5000, 8);
  expect(page).toContain('What the run will take');
  expect(page).toMatch(/The browsers exchange \d+ MB/);
  expect(page).toContain('Preparing your rows for the run: 3 of 64 bands.');
  expect(page).not.toContain('too much for this browser');
});

it('it says whether the encryption is ready', () => {
  expect(shown(5000, 8)).toContain('Preparing the encryption.');
  expect(shown(5000, 8, 'researcher', true)).toContain('The encryption is ready.');
});

it('it warns where this computer has too little memory for it', () => {
  expect(shown(1_000_000, 2)).toContain('too much for this browser');
});

it('only the researcher is asked whether they want to see their matches first, and by default they do not', () => {
  expect(shown(5000, 8)).not.toContain('Show me the matches before the table');
  const page = shown(5000, 8, 'researcher');
  expect(page).toContain('Show me the matches before the table');
  expect(page).not.toContain('checked');
});
