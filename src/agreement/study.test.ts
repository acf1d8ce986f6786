import { expect, it } from 'vitest';
import { dayOf, pastDay, studySchema } from './study.ts';

it('takes a study of nothing, and none with an empty text, half a character or a day that there is not', () => {
  expect(studySchema.parse({})).toEqual({});
  expect(studySchema.parse({ title: ' Falls ' })).toEqual({ title: 'Falls' });
  for (const bad of [
    { title: '  ' },
    { title: '\ud800' },
    { until: '2026-02-30' },
    { until: 'soon' },
    { rows: [] },
    { purpose: 'x'.repeat(1001) },
  ]) {
    expect(studySchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
  }
});

it('ends with the earlier of both last days, at the end of it', () => {
  const day = (hour: number) => new Date(2026, 10, 30, hour);
  expect(dayOf(day(23))).toBe('2026-11-30');
  expect(dayOf(new Date(2026, 2, 9))).toBe('2026-03-09');
  const both = (owner?: string, researcher?: string) => ({
    owner: owner === undefined ? undefined : { until: owner },
    researcher: researcher === undefined ? undefined : { until: researcher },
  });
  expect(pastDay(both(), day(0))).toBeUndefined();
  expect(pastDay(both('2026-11-30'), day(23))).toBeUndefined();
  expect(pastDay(both('2026-11-29'), day(0))).toBe('2026-11-29');
  expect(pastDay(both('2027-01-01', '2026-11-01'), day(0))).toBe('2026-11-01');
  // Days are compared as they are written, so all have two digits.
  expect(pastDay(both('2026-09-30'), new Date(2026, 9, 1))).toBe('2026-09-30');
  expect(pastDay(both('2026-03-10'), new Date(2026, 2, 9))).toBeUndefined();
  expect(pastDay({ owner: { title: 'no day' }, researcher: undefined }, day(0))).toBeUndefined();
});
