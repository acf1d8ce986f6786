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

const SECRET = 'xuW26TgvZhDi2TJkHXOVdgUsVJexbh8ZTUWIf1rW-u8';
const FRAGMENT = `#/researcher?room=${SECRET}`;
const LINK = `${BASE}${FRAGMENT}`;

it.each([
  ['in a sentence', `Please open ${LINK}, thanks. Anna`],
  ['in brackets, at the end of a sentence', `The link is (${LINK}).`],
  ['between typographic quotes', `„${LINK}“`],
  ['broken over lines', `${LINK.slice(0, 60)}\r\n  ${LINK.slice(60)}\n`],
  ['broken over lines, in a sentence', `Open:\n${LINK.slice(0, 50)}\n${LINK.slice(50)}\nthanks`],
  ['with characters that nobody sees', `\u200b${LINK.slice(0, 40)}\u00ad${LINK.slice(40)}\ufeff`],
  ['with escaped characters', `${BASE}%23/researcher%3Froom%3D${SECRET}`],
  [
    'as Outlook rewrites it',
    `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(LINK)}&data=05%7C02%7C&reserved=0`,
  ],
  ['rewritten twice', `https://a.example/?u=${encodeURIComponent(`https://b.example/?q=${encodeURIComponent(LINK)}`)}`],
])('takes a link %s', (_, pasted) => expect(readSentLink(pasted, BASE)).toEqual({ fragment: FRAGMENT }));

it('takes a link into a linkage room that lines have broken', () => {
  const fragment = `#/linking?as=provider&number=1&project=${'a'.repeat(64)}&room=${SECRET}&secret=s`;
  const link = `${BASE}${fragment}`;
  expect(readSentLink(`${link.slice(0, 76)}\n${link.slice(76)}`, BASE)).toEqual({ fragment });
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
  expect(problem(`https://a.example/?url=${encodeURIComponent('https://other.example/#/owner?room=x')}`)).toContain(
    'another address',
  );
  expect(problem('javascript:alert(1)#/owner?room=x')).toContain('another address');
});
