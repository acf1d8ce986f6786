import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordsOf } from '../testing/made-up-records.ts';
import { dependenceOf } from './dependence.ts';

const isChance = (share: number) => share >= 0 && share <= 1;

it('a field that hangs on another is no surer than sure, though most rows lack it', () => {
  // Five of one street and town; of others the town is unknown, and so the towns agree more often than the streets.
  const neighbours = Array.from({ length: 5 }, () => ['high street', 'hilltown']);
  const others = Array.from({ length: 40 }, (_, i) => [`street ${i}`, '']);
  const { fields } = dependenceOf(recordsOf(['text', 'text'], [...neighbours, ...others]));
  expect(fields.map(({ parent }) => parent).sort()).toEqual([-1, expect.any(Number)]);
  for (const { kept, withParent } of fields) {
    expect(kept).toSatisfy(isChance);
    for (const share of withParent) expect(share).toSatisfy(isChance);
  }
});

it('chances are from 0 to 1, whatever the list lacks', () => {
  const row = fc.tuple(fc.nat(9), fc.boolean(), fc.boolean());
  fc.assert(
    fc.property(fc.array(row, { minLength: 20, maxLength: 60 }), (rows) => {
      const texts = rows.map(([n, first, second]) => [first ? `street ${n}` : '', second ? `town ${n >> 1}` : '']);
      const { fields } = dependenceOf(recordsOf(['text', 'text'], texts));
      return fields.every(({ kept, withParent }) => isChance(kept) && withParent.every(isChance));
    }),
  );
});
