/**
 * Runs that are over, kept in IndexedDB until the person deletes them. Each is encrypted (AES-GCM) under a key derived from two
 * halves, as a run under way is: one in IndexedDB that no script can read out, one in local storage.
 */
import { base64urlnopad } from '@scure/base';
import { type DBSchema, openDB } from 'idb';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { type FinishedRun, finishedRunSchema } from './finished-run.ts';

interface Entry {
  /** HKDF key, not extractable. */
  readonly half: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

interface Schema extends DBSchema {
  runs: { key: string; value: Entry };
}

export interface KeptFinish {
  readonly id: string;
  /** Undefined where this browser cannot open it any more: its local storage was cleared, or another version wrote it. */
  readonly run: FinishedRun | undefined;
}

export const FINISHED_DATABASE = 'blindjoin-finished';
const SECRET = 'blindjoin-finished';
const KEY_BYTES = 32;
const IV_BYTES = 12;

const openDatabase = () =>
  openDB<Schema>(FINISHED_DATABASE, 1, {
    upgrade(database) {
      database.createObjectStore('runs');
    },
  });

/** The half in local storage; made anew where there is none. */
function browserHalf(): Uint8Array<ArrayBuffer> {
  const kept = localStorage.getItem(SECRET);
  if (kept !== null) return base64urlnopad.decode(kept) as Uint8Array<ArrayBuffer>;
  const made = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  localStorage.setItem(SECRET, base64urlnopad.encode(made));
  return made;
}

async function keyOf(half: CryptoKey, id: string): Promise<CryptoKey> {
  const info = new TextEncoder().encode(id);
  const derivation: HkdfParams = { name: 'HKDF', hash: 'SHA-256', salt: browserHalf(), info };
  return crypto.subtle.deriveKey(derivation, half, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** A record says whose it is, so that none can be put in another's place. */
const cipher = (id: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(id),
});

/** Resolves to the name under which it is kept, once a reload of the page cannot lose it. Rejects where the browser keeps nothing. */
export async function keepFinished(run: FinishedRun): Promise<string> {
  const id = crypto.randomUUID();
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const half = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(run));
  const bytes = await crypto.subtle.encrypt(cipher(id, iv), await keyOf(half, id), plain);
  const database = await openDatabase();
  try {
    const { store, done } = database.transaction('runs', 'readwrite', { durability: 'strict' });
    await Promise.all([store.put({ half, iv, bytes }, id), done]);
  } finally {
    database.close();
  }
  return id;
}

async function open(id: string, { half, iv, bytes }: Entry): Promise<FinishedRun | undefined> {
  try {
    const plain = await crypto.subtle.decrypt(cipher(id, iv), await keyOf(half, id), bytes);
    const json = readJson(new TextDecoder().decode(plain));
    const read = 'data' in json ? checked(finishedRunSchema, json.data) : json;
    return 'data' in read ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function finishedAt({ run }: KeptFinish) {
  if (run === undefined) return '';
  return run.kind === 'result' ? run.result.finishedAt : run.outcome.finishedAt;
}

/** All that is kept, newest first; those that cannot be opened last. */
export async function finishedRuns(): Promise<readonly KeptFinish[]> {
  const database = await openDatabase();
  try {
    const ids = await database.getAllKeys('runs');
    const kept = await Promise.all(
      ids.map(async (id) => {
        const entry = await database.get('runs', id);
        return { id, run: entry && (await open(id, entry)) };
      }),
    );
    return kept.sort((one, other) => finishedAt(other).localeCompare(finishedAt(one)));
  } finally {
    database.close();
  }
}

/** Undefined where there is none of that name, or it cannot be opened. */
export async function finishedRun(id: string): Promise<FinishedRun | undefined> {
  const database = await openDatabase();
  try {
    const entry = await database.get('runs', id);
    return entry && (await open(id, entry));
  } finally {
    database.close();
  }
}

export async function deleteFinished(id: string): Promise<void> {
  const database = await openDatabase();
  try {
    const { store, done } = database.transaction('runs', 'readwrite', { durability: 'strict' });
    await Promise.all([store.delete(id), done]);
  } finally {
    database.close();
  }
}
