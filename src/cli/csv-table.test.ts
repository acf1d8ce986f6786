import { expect, it } from 'vitest';
import { refuseOtherSeparators } from './csv-table.ts';

it.each([
  ['{3F2504E0-4F89-11D3-9A0C-0305E82C3301}', false],
  ['{}', false],
  ['{"clks": ["AAA="', true],
  ['{', true],
  ['{ "clks": [', true],
])('takes a first value of %j for JSON: %s', (value, isJson) => {
  const look = () => refuseOtherSeparators({ name: 't.csv', rows: [[value, 'Ada']], estimate: 1 });
  if (isJson) expect(look).toThrow('t.csv begins as JSON does');
  else expect(look).not.toThrow();
});
