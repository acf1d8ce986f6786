import { describe, expect, it } from 'vitest';
import { madeUpAgreement } from '../../testing/made-up-tally.ts';
import { initialState, type PartyState } from './state.ts';
import { agreedStrata, offeredStrata, strataPlans } from './strata.ts';

/** As far as groups are concerned. */
const file = {
  kind: 'ready',
  summary: { columns: [{ name: 'surname' }, { name: 'arm' }] },
} as unknown as PartyState['file'];

const state: PartyState = {
  ...initialState('researcher'),
  file,
  uses: ['name', 'group'],
  groups: {
    1: {
      kind: 'ready',
      labels: [
        { label: 'treated', rows: 60 },
        { label: 'control', rows: 52 },
        { label: 'withdrawn', rows: 8 },
      ],
    },
  },
};

/** Where the first terms in the room had this minimum. */
const inRoom = (strataMinimum: number): PartyState => ({ ...state, strataMinimum });

function terms(minimum: number): PartyState['negotiation'] {
  const { terms } = madeUpAgreement({ groups: [2], payloads: 0, dataRows: 100, minimum });
  return { terms, builds: { here: undefined }, acceptedHere: false, acceptedThere: false };
}

describe('the researcher’s groups', () => {
  it('are named in the agreement but for those below the minimum', () => {
    expect(offeredStrata(inRoom(10))).toEqual([{ name: 'arm', labels: ['control', 'treated', '(other)'] }]);
    expect(offeredStrata(inRoom(5))).toEqual([{ name: 'arm', labels: ['control', 'treated', 'withdrawn'] }]);
  });

  it('stay the same whatever other minimums the owner proposes, which would tell how many bear a label', () => {
    for (const first of [5, 10]) {
      const offers = Array.from({ length: 31 }, (_, i) =>
        offeredStrata({ ...inRoom(first), negotiation: terms(2 + i) }),
      );
      expect(new Set(offers.map((offer) => JSON.stringify(offer))).size).toBe(1);
    }
  });

  it('are numbers to the owner where the researcher hides them, and names to the researcher', () => {
    const hiding = { ...inRoom(10), hideGroups: true };
    expect(offeredStrata(hiding)).toEqual([{ name: 'group column 1', labels: ['group 1', 'group 2', 'group 3'] }]);
    const agreement = madeUpAgreement({ groups: [2], payloads: 0, dataRows: 100, minimum: 10, strata: [3] });
    expect(agreedStrata(hiding, agreement).map(({ group }) => group.labels)).toEqual([
      ['control', 'treated', '(other)'],
    ]);
    expect(agreedStrata(hiding, madeUpAgreement({ groups: [2], payloads: 0, dataRows: 100, minimum: 10 }))).toEqual([]);
  });

  it('are the researcher’s only', () => {
    expect(strataPlans({ ...state, role: 'owner' })).toEqual([]);
  });
});
