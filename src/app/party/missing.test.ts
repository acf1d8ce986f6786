import { describe, expect, it } from 'vitest';
import { askedFor } from '../../agreement/statistics.ts';
import type { ColumnUse } from '../../table/table.ts';
import { plainColumn, plainTable } from '../../testing/plain-table.ts';
import { firstMissing, missingOn } from './missing.ts';
import { initialState, type PartyState } from './state.ts';

/** An owner whose columns have the given uses, with everything counted and checked. */
function ownerWith(uses: ColumnUse[], change: Partial<PartyState> = {}): PartyState {
  return {
    ...initialState('owner'),
    file: {
      kind: 'ready',
      summary: plainTable(
        uses.map((_, i) => plainColumn(`c${i}`)),
        100,
      ),
    },
    uses,
    groups: Object.fromEntries(
      uses.map((_, i) => [i, { kind: 'ready' as const, labels: [{ label: 'a', rows: 100 }] }]),
    ),
    payloads: Object.fromEntries(
      uses.map((_, i) => [i, { minimum: 0, maximum: 9, decimals: 0, problems: [], missing: 0 }]),
    ),
    ...change,
  };
}

describe('what a step lacks', () => {
  it('asks for a file, then for a matching column', () => {
    expect(missingOn(0, initialState('owner'))).toEqual([expect.stringContaining('Choose the CSV file')]);
    expect(missingOn(1, ownerWith(['ignore', 'average']))).toEqual([expect.stringContaining('at least one column')]);
    expect(missingOn(1, ownerWith(['name', 'group', 'average']))).toEqual([]);
  });

  it('allows two group columns and no more', () => {
    expect(missingOn(1, ownerWith(['name', 'group', 'group']))).toEqual([]);
    expect(missingOn(1, ownerWith(['name', 'group', 'group', 'group']))).toEqual([
      expect.stringContaining('At most 2'),
    ]);
  });

  it('allows as many columns to match by as an agreement has room for', () => {
    const names = (count: number) => Array.from({ length: count }, (): ColumnUse => 'name');
    expect(missingOn(1, ownerWith(names(32)))).toEqual([]);
    expect(missingOn(1, ownerWith(names(33)))).toEqual([expect.stringContaining('At most 32')]);
  });

  it('names the column whose range is upside down', () => {
    const payloads = { 1: { minimum: 5, maximum: 5, decimals: 0, problems: [], missing: 0 } };
    expect(missingOn(1, ownerWith(['name', 'average'], { payloads }))).toEqual([expect.stringContaining('“c1”')]);
  });

  it('keeps the owner on the rules where no ledger can be kept, and says what to do', () => {
    const failed = { kind: 'failed' as const, message: 'Allow this page to store data.' };
    const broken = { kind: 'broken' as const, message: 'entry 2 does not follow' };
    expect(missingOn(2, ownerWith(['name'], { ledger: failed }))).toEqual([expect.stringContaining('Allow this page')]);
    expect(missingOn(2, ownerWith(['name'], { ledger: broken }))).toEqual([expect.stringContaining('start a new one')]);
    expect(missingOn(2, ownerWith(['name'], { ledger: undefined }))).toEqual([]);
    expect(missingOn(2, { ...ownerWith(['name'], { ledger: failed }), role: 'researcher' })).toEqual([]);
  });

  it('checks the rules against each other', () => {
    const rules = { ...initialState('owner').rules, minimumGroupSize: 33, bands: 4, agreeingBands: 5 };
    const found = missingOn(2, ownerWith(['name'], { rules }));
    expect(found).toEqual([expect.stringContaining('2 to 32'), expect.stringContaining('2 to 4')]);
  });

  it('wants an epsilon only where there is noise', () => {
    const rules = (protection: 'exact' | 'noise', epsilon: number) =>
      missingOn(2, ownerWith(['name'], { rules: { ...initialState('owner').rules, protection, epsilon } }));
    expect(rules('noise', 0.001)).toEqual(['Epsilon must be a number from 0.01 to 20.']);
    expect(rules('noise', Number.NaN)).toHaveLength(1);
    expect(rules('noise', 0.01)).toEqual([]);
    expect(rules('exact', Number.NaN)).toEqual([]);
  });

  it('wants Count where nothing is averaged', () => {
    const rules = { ...initialState('owner').rules, statistics: askedFor('mean') };
    expect(missingOn(2, ownerWith(['name'], { rules }))).toEqual([expect.stringContaining('choose Count')]);
    expect(missingOn(2, ownerWith(['name', 'average'], { rules }))).toEqual([]);
  });

  it('stops at the first step that lacks something', () => {
    expect(firstMissing(3, initialState('owner'))?.step).toBe(0);
    expect(firstMissing(3, ownerWith(['ignore']))?.step).toBe(1);
    expect(firstMissing(3, ownerWith(['name']))).toBeUndefined();
  });
});
