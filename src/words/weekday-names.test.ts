import { expect, it } from 'vitest';
import { weekdayNames } from './weekday-names.ts';

it('names each weekday, long and short, as it is written alone and within a date', () => {
  expect(weekdayNames('en')).toContainEqual(['Sunday', 0]);
  expect(weekdayNames('de')).toContainEqual(['Sa', 6]);
  const finnish = weekdayNames('fi').flatMap(([name, day]) => (day === 1 && name.length > 2 ? [name] : []));
  expect(finnish).toContain('maanantai');
});
