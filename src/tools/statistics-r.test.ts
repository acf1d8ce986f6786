import { expect, it } from 'vitest';
import { differences } from './statistics-r.ts';

it('finds what differs, and no rounding', () => {
  const recorded = { a: [1, { b: 2 }], c: null };
  expect(differences({ a: [1 + 1e-12, { b: 2 }], c: null }, recorded)).toEqual([]);
  expect(differences({ a: [1.0001, { b: 2 }], c: 3 }, recorded)).toEqual(['$.a.0: 1.0001 for 1', '$.c: 3 for null']);
  expect(differences({ a: [1, { b: 2 }, 4], c: null }, recorded)).toEqual(['$.a.2: 4 for undefined']);
});
