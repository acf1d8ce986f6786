import { describe, expect, it } from 'vitest';
import { askedFor } from '../../agreement/statistics.ts';
import type { ColumnUse } from '../../table/table.ts';
import { plainColumn, plainTable } from '../../testing/plain-table.ts';
import { fewValued } from './few-values.ts';
import { initialState, type PartyState, type RuleState } from './state.ts';

const USES: ColumnUse[] = ['name', 'group', 'average', 'average', 'average', 'average'];
/** Different values of each column. */
const DISTINCT = [90, 2, 2, 3, 4, 1];

function owner(rules: Partial<RuleState>): PartyState {
  const state = initialState('owner');
  const columns = USES.map((_, i) => ({ ...plainColumn(`c${i}`), distinct: DISTINCT[i] as number }));
  const file = { kind: 'ready' as const, summary: plainTable(columns, 100) };
  return { ...state, file, uses: USES, rules: { ...state.rules, protection: 'exact', ...rules } };
}

const named = (rules: Partial<RuleState>) => fewValued(owner(rules)).map(({ name, values }) => `${name}: ${values}`);

describe('columns whose sums count who has a value', () => {
  it('have two values, and with standard deviations three', () => {
    expect(named({ statistics: askedFor('count', 'sum') })).toEqual(['c2: 2']);
    expect(named({ statistics: askedFor('mean') })).toEqual(['c2: 2']);
    expect(named({ statistics: askedFor('count', 'sd') })).toEqual(['c2: 2', 'c3: 3']);
  });

  it('tell nothing where nothing is added up, or figures are not exact', () => {
    expect(named({ statistics: askedFor('count') })).toEqual([]);
    for (const protection of ['noise', 'rounding'] as const) expect(named({ protection })).toEqual([]);
  });

  it('as many values as that follow from the figures, and not one more', () => {
    /** Of all tables of ten people with values 0, 1, .. the most different ones that agree in count, sum and, if asked, sum of squares. */
    const mostAlike = (values: number, squares: boolean) => {
      const alike = new Map<string, number>();
      const grow = (left: number, value: number, sum: number, ofSquares: number) => {
        if (value === values - 1) {
          const figures = `${sum + left * value} ${squares ? ofSquares + left * value ** 2 : ''}`;
          alike.set(figures, (alike.get(figures) ?? 0) + 1);
          return;
        }
        for (let n = 0; n <= left; n++) grow(left - n, value + 1, sum + n * value, ofSquares + n * value ** 2);
      };
      grow(10, 0, 0, 0);
      return Math.max(...alike.values());
    };
    expect([mostAlike(2, false), mostAlike(3, true)]).toEqual([1, 1]);
    expect(mostAlike(3, false)).toBeGreaterThan(1);
    expect(mostAlike(4, true)).toBeGreaterThan(1);
  });
});
