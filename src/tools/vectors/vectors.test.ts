import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkVectors } from './check.ts';
import { knownAnswers, vectorText } from './known-answers.ts';

it.each(Object.entries(knownAnswers()))(
  'docs/vectors/%s is what this code computes (npm run vectors)',
  (name, answers) => expect(readFileSync(`docs/vectors/${name}`, 'utf8')).toBe(vectorText(answers)),
);

it('an independent reader computes the same', () => expect(checkVectors('docs/vectors')).toBeGreaterThan(40));
