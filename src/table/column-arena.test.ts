import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnArena } from './column-arena.ts';

function arenaOf(values: readonly string[]): ColumnArena {
  const arena = new ColumnArena();
  for (const value of values) arena.append(value);
  arena.seal();
  return arena;
}

describe('ColumnArena', () => {
  it('gives back what was appended', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (values) => {
        const arena = arenaOf(values);
        expect(arena.rows).toBe(values.length);
        expect([...arena.values()]).toEqual(values);
        expect(values.map((_, row) => arena.value(row))).toEqual(values);
      }),
    );
  });

  it('goes on over many blocks, and refuses rows outside', () => {
    const values = Array.from({ length: 40_000 }, (_, row) => (row % 3 === 0 ? `Zoë ${row}` : `${row}`));
    const arena = arenaOf(values);
    expect([...arena.values()]).toEqual(values);
    for (const row of [0, 16_383, 16_384, 32_767, 32_768, 39_999]) expect(arena.value(row)).toBe(values[row]);
    expect(() => arena.value(40_000)).toThrow(RangeError);
    expect(() => arena.value(-1)).toThrow(RangeError);
  });

  it('knows the rows of blanks and dashes', () => {
    const values = ['Zoë', '', ' ', '-', 'a', ' – ', '-1', '\u00a0', 'é', '   ', '0', '--', '————————', ''];
    const blank = [...values.keys()].filter((row) => /^[\s–—-]{0,3}$/.test(values[row] ?? ''));
    expect([...arenaOf(values).emptyRows()]).toEqual(blank);
    const many = Array.from({ length: 40_000 }, (_, row) => (row % 7 === 0 ? '-' : `${row}`));
    expect([...arenaOf(many).emptyRows()]).toEqual([...many.keys()].filter((row) => row % 7 === 0));
  });

  it('takes its bytes and four more a value', () => {
    const arena = arenaOf(Array.from({ length: 100_000 }, () => 'seven b'));
    expect(arena.byteLength).toBe(100_000 * (7 + 4));
  });
});
