import { expect, it } from 'vitest';
import { readSentLink } from './sent-link.ts';

const BASE = 'https://stats.example/blindjoin/';

it('takes links into rooms of either kind, as they are pasted', () => {
  for (const fragment of ['#/owner?room=a.b', '#/researcher?room=x', '#/linking?as=provider&room=x']) {
    expect(readSentLink(`${BASE}${fragment}`, BASE)).toEqual({ fragment });
    expect(readSentLink(` <${BASE}index.html${fragment}>\n`, BASE)).toEqual({ fragment });
    expect(readSentLink(fragment, BASE)).toEqual({ fragment });
  }
});

it('says what is wrong with what is no such link', () => {
  const problem = (text: string) => {
    const read = readSentLink(text, BASE);
    return 'problem' in read ? read.problem : 'none';
  };
  expect(problem('  ')).toContain('Paste the link');
  for (const text of [BASE, 'hello', `${BASE}#/owner`, `${BASE}#/workbench?room=x`, `${BASE}#/linking`]) {
    expect(problem(text)).toContain('no link into a room');
  }
  expect(problem('https://other.example/blindjoin/#/owner?room=x')).toContain('another address');
  expect(problem('https://stats.example/else/#/owner?room=x')).toContain('another address');
  expect(problem('javascript:alert(1)#/owner?room=x')).toContain('another address');
});
