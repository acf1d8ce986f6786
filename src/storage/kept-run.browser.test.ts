import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DATABASE, KeptRun } from './kept-run.ts';

const PAGE = '#/owner';
const PATIENCE = 120;
const ROWS = 'given_name,surname\nzerubbabel,quackenbush\n';
const SECRET_KEY = new TextEncoder().encode('the bytes of a secret key');

/** What a reload of the page does: the lock goes, everything else stays. */
function reload(run: KeptRun | undefined): void {
  run?.lock.release();
}

const empty = { body: {}, blobs: [] };

/** Everything in the database, key by key. */
async function stored() {
  const database = await openDB(DATABASE);
  const names = [...database.objectStoreNames];
  const rows = await Promise.all(
    names.map(async (name) => ({ keys: await database.getAllKeys(name), values: await database.getAll(name) })),
  );
  database.close();
  return { names, keys: rows.flatMap(({ keys }) => keys), values: rows.flatMap(({ values }) => values) };
}

/** As text, in which what was kept in the clear would be found. */
function textOf(value: unknown): string {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
  if (value instanceof CryptoKey || typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(textOf).join('\n');
}

async function beginWithSecrets(): Promise<KeptRun> {
  const run = await KeptRun.begin(PAGE, PATIENCE);
  await run.putFile(new File([ROWS], 'people.csv'));
  await run.put('linkage-secret', { body: { note: 'quackenbush' }, blobs: [SECRET_KEY] });
  return run;
}

/** Also what tests left that failed: the next must not take it for its own. */
beforeEach(async () => {
  await (await KeptRun.find(PAGE))?.discard();
  const database = await openDB(DATABASE);
  await Promise.all([...database.objectStoreNames].map((name) => database.clear(name)));
  database.close();
});
afterEach(() => sessionStorage.clear());

describe('a kept run', () => {
  it('gives back after a reload what was put last, and the file', async () => {
    const before = await beginWithSecrets();
    await before.put('bundle/3', { body: { capped: 1 }, blobs: [new Uint8Array([1, 2])] });
    await before.put('bundle/3', { body: { capped: 1 }, blobs: [] });
    reload(before);
    const after = await KeptRun.find(PAGE);
    expect(await after?.get('bundle/3')).toEqual({ body: { capped: 1 }, blobs: [] });
    expect((await after?.get('linkage-secret'))?.blobs).toEqual([SECRET_KEY]);
    expect([...((await after?.names()) ?? [])].sort()).toEqual([
      'bundle/3',
      'linkage-secret',
      'page/file',
      'page/file/0',
    ]);
    const file = await after?.getFile();
    expect([file?.name, await file?.text()]).toEqual(['people.csv', ROWS]);
    await expect(after?.get('bundle/4')).rejects.toThrow('nothing is kept');
    await after?.discard();
  });

  it('gives back records of megabytes, and leaves nothing of one that a shorter one replaced', async () => {
    const run = await KeptRun.begin(PAGE, PATIENCE);
    const blobs = [3_000_000, 0, 1, 1_500_000].map((size) => new Uint8Array(size).map((_, i) => (i * 31) % 251));
    await run.put('tally-keys', { body: { a: 1 }, blobs });
    expect(await run.names()).toEqual(['tally-keys']);
    const back = await run.get('tally-keys');
    expect(back.body).toEqual({ a: 1 });
    expect(back.blobs.map(({ byteLength }) => byteLength)).toEqual([3_000_000, 0, 1, 1_500_000]);
    expect(back.blobs.every((blob, i) => blob.every((byte, at) => byte === blobs[i]?.[at]))).toBe(true);
    await run.put('tally-keys', empty);
    expect(await run.get('tally-keys')).toEqual(empty);
    expect((await stored()).values).toHaveLength(2);
    await run.discard();
  });

  it('is stored without a row or a key in the clear, under a key that no script can read out', async () => {
    const run = await beginWithSecrets();
    const { values } = await stored();
    const text = textOf(values);
    expect(text.length).toBeGreaterThan(100);
    expect(text).toContain('[object CryptoKey]');
    for (const secret of ['quackenbush', 'zerubbabel', 'secret key', 'given_name']) expect(text).not.toContain(secret);
    const { key } = values.find((value) => 'key' in value) as { key: CryptoKey };
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    await run.discard();
  });

  it('cannot be read without the half of its key that goes with the tab', async () => {
    reload(await beginWithSecrets());
    const remembered = JSON.parse(sessionStorage.getItem('blindjoin-run') ?? '{}');
    sessionStorage.setItem('blindjoin-run', JSON.stringify({ ...remembered, secret: 'A'.repeat(43) }));
    const run = await KeptRun.find(PAGE);
    await expect(run?.get('linkage-secret')).rejects.toThrow();
    await run?.discard();
  });

  it('cannot be read with another half in the database', async () => {
    reload(await beginWithSecrets());
    const database = await openDB(DATABASE);
    const [id] = await database.getAllKeys('runs');
    const known = await crypto.subtle.importKey('raw', new Uint8Array(32), 'HKDF', false, ['deriveKey']);
    await database.put('runs', { ...(await database.get('runs', id as IDBValidKey)), key: known }, id);
    database.close();
    const run = await KeptRun.find(PAGE);
    await expect(run?.get('linkage-secret')).rejects.toThrow();
    await run?.discard();
  });

  it('leaves its half of the key in this tab only', async () => {
    const run = await beginWithSecrets();
    expect(sessionStorage).toHaveLength(1);
    expect(localStorage).toHaveLength(0);
    await run.discard();
  });

  it('has a nonce of its own for every record and every part', async () => {
    const run = await beginWithSecrets();
    await run.put('tally-keys', { body: {}, blobs: [new Uint8Array(3 * 2 ** 20)] });
    for (const _ of [1, 2, 3]) await run.put('bundle/1', empty);
    const ivs = (await stored()).values.flatMap((value) => ('iv' in value ? [String(value.iv)] : []));
    expect(ivs.length).toBeGreaterThan(5);
    expect(new Set(ivs).size).toBe(ivs.length);
    await run.discard();
  });

  it('refuses a record that was put in the place of another', async () => {
    const run = await beginWithSecrets();
    await run.put('tally-bits', empty);
    const database = await openDB(DATABASE);
    const keys = await database.getAllKeys('records');
    const [from, to] = ['linkage-secret', 'tally-bits'].map((name) =>
      keys.find((key) => (key as string[])[1] === name),
    );
    await database.put('records', await database.get('records', from as IDBValidKey), to);
    database.close();
    await expect(run.get('tally-bits')).rejects.toThrow();
    await run.discard();
  });

  it('refuses a part that was put in the place of another', async () => {
    const run = await KeptRun.begin(PAGE, PATIENCE);
    await run.put('tally-keys', { body: {}, blobs: [new Uint8Array(3 * 2 ** 20)] });
    const database = await openDB(DATABASE);
    const [, one, two] = await database.getAllKeys('records');
    const [first, second] = await Promise.all([one, two].map((key) => database.get('records', key as IDBValidKey)));
    await database.put('records', second, one);
    await database.put('records', first, two);
    database.close();
    // Megabytes that were read after all are not for a failure to print.
    await expect(run.get('tally-keys').then(() => 'read')).rejects.toThrow();
    await run.discard();
  });

  it('leaves nothing when it is discarded, and keeps nothing from then on', async () => {
    const run = await beginWithSecrets();
    const late = run.put('late', empty);
    await Promise.all([run.discard(), late]);
    await run.put('later', empty);
    expect(await stored()).toMatchObject({ names: ['records', 'runs'], keys: [], values: [] });
    expect(sessionStorage.length).toBe(0);
  });

  it('is not given to a second page while the first goes on, such as a duplicated tab', async () => {
    const run = await beginWithSecrets();
    expect(await KeptRun.find(PAGE)).toBeUndefined();
    expect((await run.get('linkage-secret')).blobs).toEqual([SECRET_KEY]);
    await run.discard();
  });

  it('is deleted where its tab shows another page', async () => {
    reload(await beginWithSecrets());
    expect(await KeptRun.find('#/researcher')).toBeUndefined();
    expect((await stored()).keys).toEqual([]);
  });

  it('is left to the page of this document that goes on with it, while another page is shown', async () => {
    const run = await beginWithSecrets();
    const request = vi.spyOn(navigator.locks, 'request');
    expect(await KeptRun.find('#/researcher')).toBeUndefined();
    // It asks whether the lock is free, and waits for nobody.
    expect(request).toHaveBeenCalledOnce();
    expect(request).toHaveBeenCalledWith(expect.anything(), { ifAvailable: true }, expect.anything());
    request.mockRestore();
    expect((await run.get('linkage-secret')).blobs).toEqual([SECRET_KEY]);
    reload(run);
    await (await KeptRun.find(PAGE))?.discard();
  });

  it('is remembered by its tab, whatever other run is discarded', async () => {
    const first = await KeptRun.begin(PAGE, PATIENCE);
    const second = await KeptRun.begin(PAGE, PATIENCE);
    await second.put('linkage-secret', empty);
    await first.discard();
    await second.keepFor(2 * PATIENCE);
    reload(second);
    const found = await KeptRun.find(PAGE);
    expect(await found?.names()).toEqual(['linkage-secret']);
    await found?.discard();
  });

  it('that a closed tab left is deleted once nobody waits for it any more', async () => {
    const left = await KeptRun.begin(PAGE, 0);
    await left.put('linkage-secret', empty);
    const waitedFor = await beginWithSecrets();
    for (const run of [left, waitedFor]) reload(run);
    sessionStorage.clear();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await KeptRun.find(PAGE)).toBeUndefined();
    const { keys } = await stored();
    expect(keys.filter((key) => (key as string[])[1] === 'linkage-secret')).toHaveLength(1);
    await waitedFor.discard();
  });
});
