import { expect, it } from 'vitest';
import { revisePage } from './offline-build.ts';

const entries = [
  { url: 'index.html', revision: 'a' },
  { url: 'icon.svg', revision: 'b' },
  { url: 'assets/main-1.js', revision: null },
];
const pageOf = (all: typeof entries) => revisePage(all).find(({ url }) => url === 'index.html')?.revision;

it('fetches the page anew where any file of the build is another, and only then', () => {
  expect(pageOf(entries)).toMatch(/^[0-9a-f]{64}$/);
  expect(pageOf(entries.toReversed())).toBe(pageOf(entries));
  for (const changed of entries.map((one) =>
    entries.map((entry) => (entry === one ? { ...entry, revision: 'c' } : entry)),
  ))
    expect(pageOf(changed)).not.toBe(pageOf(entries));
  expect(revisePage(entries).map(({ url }) => url)).toEqual(['assets/main-1.js', 'icon.svg', 'index.html']);
});
