import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf, writeDigest } from './build-digest.ts';

const PAGE = '<meta name="blindjoin-build" content="development" /><script src="/assets/main.js"></script>';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function built(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'blindjoin-digest-'));
  mkdirSync(join(folder, 'assets'));
  const all = { 'index.html': PAGE, 'assets/main.js': 'run()', 'config.json': '{}', ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, file), text);
  return folder;
}

describe('the digest of a build', () => {
  it('is that of what sha256sum prints of its files', () => {
    const lines = `${sha256('run()')}  assets/main.js\n${sha256(PAGE)}  index.html\n`;
    expect(digestOf(built())).toBe(sha256(lines));
  });

  it('is written into the page and stays the same', () => {
    const folder = built();
    const digest = writeDigest(folder);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain(`content="${digest}"`);
    expect(digestOf(folder)).toBe(digest);
    expect(writeDigest(folder)).toBe(digest);
  });

  it.each([
    ['code', 'assets/main.js', 'walk()'],
    ['page', 'index.html', PAGE.replace('/assets', '/other')],
    ['further file', 'assets/more.js', ''],
  ])('changes with the %s', (_what, file, text) => {
    expect(digestOf(built({ [file]: text }))).not.toBe(digestOf(built()));
  });

  it('does not change with the settings of the host', () => {
    expect(digestOf(built({ 'config.json': '{"reconnectSeconds":5}' }))).toBe(digestOf(built()));
  });

  it('has no place in another page', () => {
    expect(() => writeDigest(built({ 'index.html': '<p></p>' }))).toThrow(/no place for the digest/);
  });
});
