import { expect, it } from 'vitest';
import { z } from 'zod';
import { agreementSchema, groupColumnSchema } from '../agreement/agreement.ts';
import { i18n, speak } from '../words/translate.ts';
import { checked, checkedMessage, problemInLine } from './checked.ts';

it('gives the data, or what is wrong with it', () => {
  expect(checked(z.int(), 3)).toEqual({ data: 3 });
  expect(checked(z.strictObject({ a: z.int() }), { a: '3' })).toMatchObject({ problem: expect.stringMatching(/a/) });
});

it('objects that pretend to have a length are a problem, not an exception', () => {
  const pretender = { length: { toString: 1 } };
  expect(checked(z.array(z.int()).max(3), pretender)).toHaveProperty('problem');
  expect(checked(z.string().min(1), pretender)).toHaveProperty('problem');
  expect(checked(agreementSchema, { terms: { fields: pretender } })).toHaveProperty('problem');
});

it('labels are text that has a UTF-8', () => {
  const column = (label: string) => checked(groupColumnSchema, { name: 'g', labels: [label] });
  expect(column('Zürich 🏔')).toHaveProperty('data');
  expect(column('half \ud83c')).toMatchObject({ problem: expect.stringMatching(/half a character/) });
});

it('says what is wrong in the language of the page, and in English of what another page sent', async () => {
  speak('de', { 'must be at most {{limit}}': 'darf höchstens {{limit}} sein' });
  const problem = { problem: expect.stringContaining('darf höchstens 3 sein') };
  expect(checked(z.number().max(3), 4)).toMatchObject(problem);
  expect(checkedMessage(z.number().max(3), 4)).toMatchObject({ problem: expect.stringContaining('must be at most 3') });
  await i18n.changeLanguage('en');
});

it('says within a sentence where what is wrong stands, and that there is more', () => {
  const schema = z.strictObject({ file: z.literal('x'), rows: z.array(z.object({ use: z.string() })), more: z.int() });
  const lineOf = (value: unknown) => {
    const read = checked(schema, value);
    return 'problem' in read ? problemInLine(read) : undefined;
  };
  expect(lineOf({ file: 'x', rows: [{ use: 'a' }, {}], more: 1 })).toBe('rows[1].use is missing');
  expect(lineOf({ file: 'y', rows: 3, other: 1 })).toBe('file must be "x"; rows must be a list; more is missing; …');
});
