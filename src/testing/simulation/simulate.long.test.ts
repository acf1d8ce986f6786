import { it } from 'vitest';
import { expectRightEnds } from './right-ends.ts';

it('300 sessions over failing connections end in the right table, or both sides are told why not', () =>
  expectRightEnds(300));
