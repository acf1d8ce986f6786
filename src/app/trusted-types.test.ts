import { expect, it } from 'vitest';
import { ownScript, plainText } from './trusted-types.ts';

it('scripts come from the own origin', () => {
  expect(ownScript('/assets/seal.js', 'https://a.org/#/owner')).toBe('/assets/seal.js');
  for (const foreign of [
    'https://b.org/x.js',
    '//b.org/x.js',
    'http://a.org/x.js',
    'data:text/javascript,1',
    'blob:x',
  ]) {
    expect(() => ownScript(foreign, 'https://a.org/')).toThrow(TypeError);
  }
});

it('text with markup is refused', () => {
  expect(plainText(':root { --a: 1px; }')).toBe(':root { --a: 1px; }');
  expect(() => plainText('</style><img src=x onerror=alert(1)>')).toThrow(TypeError);
});
