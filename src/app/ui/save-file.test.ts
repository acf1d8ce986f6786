import { expect, it } from 'vitest';
import { nameOfFile } from './save-file.ts';

it('makes the name of a file of words, whatever they hold', () => {
  expect(nameOfFile('blindjoin mean', '', 'BMI (kg/m²)')).toBe('blindjoin-mean-bmi-kg-m²');
  expect(nameOfFile('blindjoin', '../../etc/passwd', '<img src=x>')).toBe('blindjoin-etc-passwd-img-src-x');
  expect(nameOfFile('Größe', 'عمر', '年齢')).toBe('größe-عمر-年齢');
  const long = nameOfFile('🎉'.repeat(300), 'é'.repeat(300));
  expect([...long]).toHaveLength(59);
});
