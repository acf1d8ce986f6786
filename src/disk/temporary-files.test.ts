import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { TemporaryFileError, withTemporaryFiles } from './temporary-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('holds what is written, under no name, until the work ends', async () => {
  const file = await withTemporaryFiles((files) => {
    const [one, other] = [files.open(), files.open()];
    one.append(Uint8Array.of(1, 2, 3));
    other.append(Uint8Array.of(9));
    one.append(Uint8Array.of(4));
    const read = new Uint8Array(3);
    one.read(read, 1);
    expect([...read, one.bytes, other.bytes]).toEqual([2, 3, 4, 4, 1]);
    expect(() => one.read(read, 2)).toThrow(RangeError);
    expect(readdirSync(folder)).toEqual([]);
    return one;
  }, folder);
  expect(() => file.bytes).toThrow();
});

it('says that a folder is missing, is none, or is no place to write to', async () => {
  const failure = (place: string) => withTemporaryFiles((files) => void files.open(), place);
  await expect(failure(join(folder, 'missing'))).rejects.toThrow(/^There is no folder .*missing for temporary files/);
  writeFileSync(join(folder, 'file'), '');
  await expect(failure(join(folder, 'file'))).rejects.toThrow(/file, where temporary files are to be, is no folder/);
  await expect(failure('/proc')).rejects.toThrow(TemporaryFileError);
});

it.each([
  ['ENOSPC', /^The disk of the temporary files \(\/t\) is full\. Make room there, or name another folder by TMPDIR\.$/],
  ['EACCES', /^You may not write temporary files into \/t\. /],
  ['EIO', /^Temporary files in \/t fail \(EIO\)\. /],
])('says in words what %s is', (code, words) => {
  expect(new TemporaryFileError('/t', Object.assign(new Error('x'), { code })).message).toMatch(words);
});
