import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Agreement } from '../agreement/agreement.ts';
import { madeUpAgreement } from '../testing/made-up-tally.ts';
import { type LedgerEntry, nextEntry, readChain } from './entry.ts';
import { Ledger, LedgerBroken, LimitReached, StudyOver } from './ledger.ts';
import { indexedStore, memoryStore } from './stores.ts';

const DAY = 86_400_000;
const FILE = 'aa'.repeat(32);
const OTHER_FILE = 'bb'.repeat(32);

/** Agreements that differ in nonce, as every two do. */
let drawn = 0;
function agreement(terms: Partial<Agreement['terms']> = {}): Agreement {
  const base = madeUpAgreement({ groups: [3], payloads: 1, dataRows: 500, minimum: 10 });
  drawn += 1;
  return { ...base, terms: { ...base.terms, ...terms, nonce: drawn.toString(16).padStart(32, '0') } };
}

/** A ledger whose clock the test holds. */
function ledgerOn(store = indexedStore()) {
  const clock = { now: Date.parse('2026-03-01T12:00:00Z') };
  return { ledger: new Ledger(store, () => new Date(clock.now)), clock, store };
}

/** What lies in the database, and a way to write there without the ledger. */
async function tamper(change: (entries: Record<string, unknown>[]) => void): Promise<void> {
  const db = await openDB('blindjoin-ledger', 1);
  const entries = await db.getAll('entries');
  const keys = await db.getAllKeys('entries');
  change(entries);
  await db.clear('entries');
  for (const [i, entry] of entries.entries()) await db.add('entries', entry, keys[i]);
  db.close();
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

describe.each([
  ['in IndexedDB', () => indexedStore()],
  ['in memory', () => memoryStore()],
])('a ledger %s', (_name, makeStore) => {
  it('keeps what both sides say of the study, and lets no run begin after its last day', async () => {
    const { ledger, clock } = ledgerOn(makeStore());
    const day = (until: string): Agreement => {
      const agreed = agreement({ study: { title: 'Falls', until: '2026-04-30' } });
      return { ...agreed, list: { ...agreed.list, study: { organisation: 'Clinic', until } } };
    };
    const { query } = await ledger.begin(FILE, day('2026-03-02'));
    expect(query).toMatchObject({ study: { title: 'Falls' }, researcherStudy: { organisation: 'Clinic' } });
    clock.now += 2 * DAY;
    await expect(ledger.check(FILE, day('2026-03-02'))).rejects.toMatchObject({ name: 'StudyOver', day: '2026-03-02' });
    await expect(ledger.begin(FILE, day('2026-03-02'))).rejects.toBeInstanceOf(StudyOver);
    await ledger.check(FILE, day('2026-03-03'));
  });

  it('keeps what was agreed and how it ended, and no more than the rules', async () => {
    const { ledger } = ledgerOn(makeStore());
    const agreed = agreement({ perturbation: { kind: 'noise', epsilonThousandths: 300 } });
    const entry = await ledger.begin(FILE, agreed);
    expect((await ledger.standing(FILE)).runs).toEqual([{ entry, ending: undefined }]);
    await ledger.end(FILE, agreed, 'finished');
    await ledger.end(FILE, agreed, 'error');
    await ledger.end(FILE, agreement(), 'error');
    const standing = await ledger.standing(FILE);
    expect(standing).toMatchObject({ runs: [{ ending: 'finished' }], epsilonThousandths: 300, exactRuns: 0 });
    expect((await ledger.standing(OTHER_FILE)).runs).toEqual([]);
    const exported = await ledger.exported();
    expect(readChain(JSON.parse(exported).entries)).toMatchObject({ entries: [{ kind: 'run' }, { kind: 'outcome' }] });
    for (const secret of ['nonce', 'seed', 'picks', agreed.list.nonce]) expect(exported).not.toContain(secret);
  });

  it('counts a run from when both agreed, once, however it ends', async () => {
    const { ledger } = ledgerOn(makeStore());
    await ledger.setLimit(FILE, { runs: 2, days: 30 });
    const cancelled = agreement();
    await ledger.begin(FILE, cancelled);
    await ledger.begin(FILE, cancelled);
    await ledger.end(FILE, cancelled, 'cancelled');
    expect((await ledger.standing(FILE)).counted).toBe(1);
    await ledger.begin(FILE, agreement());
    await expect(ledger.begin(FILE, agreement())).rejects.toBeInstanceOf(LimitReached);
    await expect(ledger.check(FILE, agreement())).rejects.toMatchObject({ refusal: { kind: 'runs' } });
    expect((await ledger.standing(FILE)).runs).toHaveLength(2);
    await ledger.begin(OTHER_FILE, agreement());
  });

  it('allows a run again when the oldest leaves the period, and says when', async () => {
    const { ledger, clock } = ledgerOn(makeStore());
    const start = clock.now;
    await ledger.setLimit(FILE, { runs: 1, days: 30 });
    await ledger.begin(FILE, agreement());
    clock.now = start + 30 * DAY - 1;
    await expect(ledger.check(FILE, agreement())).rejects.toMatchObject({
      refusal: { freeAt: new Date(start + 30 * DAY) },
    });
    clock.now = start - DAY;
    await expect(ledger.check(FILE, agreement())).rejects.toBeInstanceOf(LimitReached);
    clock.now = start + 30 * DAY;
    await ledger.begin(FILE, agreement());
  });

  it('names the day on which enough runs have left, where a limit was lowered', async () => {
    const { ledger, clock } = ledgerOn(makeStore());
    const start = clock.now;
    for (const day of [0, 1, 2]) {
      clock.now = start + day * DAY;
      await ledger.begin(FILE, agreement());
    }
    await ledger.setLimit(FILE, { runs: 1, days: 10 });
    await expect(ledger.check(FILE, agreement())).rejects.toMatchObject({
      refusal: { freeAt: new Date(start + 12 * DAY) },
    });
    await ledger.setLimit(FILE, undefined);
    await ledger.check(FILE, agreement());
  });

  it('spends a budget of epsilon exactly, and with one refuses runs without noise', async () => {
    const { ledger } = ledgerOn(makeStore());
    const noisy = (epsilonThousandths: number) => agreement({ perturbation: { kind: 'noise', epsilonThousandths } });
    await ledger.setLimit(FILE, { runs: 100, days: 1, epsilonThousandths: 300 });
    await ledger.begin(FILE, noisy(100));
    await expect(ledger.check(FILE, agreement())).rejects.toMatchObject({ refusal: { kind: 'exact' } });
    await expect(ledger.check(FILE, noisy(201))).rejects.toMatchObject({
      refusal: { kind: 'epsilon', leftThousandths: 200 },
    });
    await ledger.begin(FILE, noisy(200));
    await expect(ledger.begin(FILE, noisy(10))).rejects.toBeInstanceOf(LimitReached);
  });

  it('names a file by a keyed digest: the same again in this ledger, another in every other', async () => {
    const { ledger } = ledgerOn(makeStore());
    const digest = new Uint8Array(32).fill(7);
    const name = await ledger.fingerprint(digest);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(await ledger.fingerprint(digest)).toBe(name);
    expect(await ledger.fingerprint(new Uint8Array(32))).not.toBe(name);
    vi.stubGlobal('indexedDB', new IDBFactory());
    expect(await ledgerOn(makeStore()).ledger.fingerprint(digest)).not.toBe(name);
  });
});

it.each([indexedStore, memoryStore])('the key of file names cannot be read out (%#)', async (makeStore) => {
  const key = await makeStore().key();
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
});

describe('what was changed from outside', () => {
  async function threeRuns(): Promise<Ledger> {
    const { ledger } = ledgerOn();
    for (let i = 0; i < 3; i++) await ledger.begin(FILE, agreement());
    return ledger;
  }

  it.each<[string, (entries: Record<string, unknown>[]) => void, string]>([
    ['a date', (entries) => Object.assign(entries[1] ?? {}, { at: '2020-01-01T00:00:00.000Z' }), 'Entry 2 was changed'],
    ['a file', (entries) => Object.assign(entries[0] ?? {}, { file: OTHER_FILE }), 'Entry 1 was changed'],
    ['an entry removed', (entries) => entries.splice(1, 1), 'Entry 2 does not follow'],
    ['the first removed', (entries) => entries.shift(), 'Entry 1 does not follow'],
    ['two exchanged', (entries) => entries.reverse(), 'Entry 1 does not follow'],
    [
      'an entry of another chain',
      (entries) => {
        const before = { sequence: 1, hash: 'ff'.repeat(32) } as LedgerEntry;
        entries[1] = { ...nextEntry(before, { kind: 'limit', file: FILE, limit: null }, new Date(0)) };
      },
      'Entry 2 does not follow',
    ],
    ['something else', (entries) => Object.assign(entries[2] ?? {}, { note: 'hello' }), 'Entry 3 is malformed'],
  ])('%s is noticed, and nothing runs', async (_name, change, message) => {
    const ledger = await threeRuns();
    await tamper((entries) => void change(entries));
    await expect(ledger.standing(FILE)).rejects.toThrow(message);
    await expect(ledger.begin(FILE, agreement())).rejects.toBeInstanceOf(LedgerBroken);
    expect(JSON.parse(await ledger.exported()).entries.length).toBeGreaterThan(1);
    await ledger.startAnew();
    await ledger.begin(FILE, agreement());
    expect((await ledger.standing(FILE)).runs).toHaveLength(1);
  });
});

it('two pages that make the key of file names at once have one key, and keep it', async () => {
  const name = `ledger ${Math.random()}`;
  const digest = new Uint8Array(32).fill(7);
  const names = () => Promise.all([0, 1, 2].map(() => new Ledger(indexedStore(name)).fingerprint(digest)));
  expect(new Set([...(await names()), ...(await names())]).size).toBe(1);
});

it('two pages cannot both take the last run that a limit leaves', async () => {
  const pages = [ledgerOn().ledger, ledgerOn().ledger];
  await pages[0]?.setLimit(FILE, { runs: 1, days: 30 });
  const taken = await Promise.allSettled(pages.map((ledger) => ledger.begin(FILE, agreement())));
  expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await ledgerOn().ledger.standing(FILE)).runs).toHaveLength(1);
});
