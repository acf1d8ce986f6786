import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { openFilesIn } from '../testing/open-files.ts';
import { TemporaryFileError, withTemporaryFiles } from './temporary-files.ts';

const held = vi.hoisted(() => ({ names: false }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const unlinkSync = (file: string): void => {
    if (held.names) throw Object.assign(new Error('EBUSY: busy, unlink'), { code: 'EBUSY', syscall: 'unlink' });
    fs.unlinkSync(file);
  };
  return { ...fs, unlinkSync };
});

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
  // The next file has the handle of the closed one, and nothing of it is reached by that.
  const other = openSync(join(folder, 'other'), 'w+');
  const uses = [() => file.bytes, () => file.append(Uint8Array.of(1)), () => file.read(new Uint8Array(1), 0)];
  for (const use of uses) expect(use).toThrow('after it was closed');
  expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('');
  closeSync(other);
});

it('leaves neither name nor handle where an open file keeps its name', async () => {
  const handles = () => openFilesIn(folder).length;
  const [place, before] = [mkdtempSync(join(folder, 'share-')), handles()];
  held.names = true;
  await expect(withTemporaryFiles((files) => void files.open(), place)).rejects.toThrow(/ fail \(EBUSY\)/);
  held.names = false;
  expect([readdirSync(place), handles()]).toEqual([[], before]);
  rmSync(place, { recursive: true });
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
