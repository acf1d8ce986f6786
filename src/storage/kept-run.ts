/**
 * A run kept in IndexedDB so that a reload of its page does not end it. Every record is encrypted (AES-GCM) under a key derived
 * from two halves: one in IndexedDB that no script can read out, one in the tab's session storage, which goes with the tab.
 * Names of records, such as `bundle/12`, are in the clear.
 */
import { decode, encode } from '@msgpack/msgpack';
import { base64urlnopad } from '@scure/base';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Kept, RunStore } from '../protocol/run-store.ts';
import { OF_PAGE } from './fallback-store.ts';
import { holdLock, isHeld, type Lock } from './run-lock.ts';
import { forgetTabRun, rememberTabRun, type TabRun, tabRun } from './tab-run.ts';

interface RunEntry {
  /** HKDF key, not extractable. */
  readonly key: CryptoKey;
  /** Milliseconds since 1970 after which nobody waits for this run any more. */
  readonly until: number;
}

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

interface Schema extends DBSchema {
  runs: { key: string; value: RunEntry };
  records: { key: [run: string, name: string, part: number]; value: Sealed };
}

export const DATABASE = 'blindjoin-runs';
const IV_BYTES = 12;
/** `until` is moved on at most so often, milliseconds. */
const TOUCH_EVERY_MS = 10_000;
const CHUNK_BYTES = 8 * 1024 * 1024;
/** Records are stored in parts of so many bytes: to copy and write keys of megabytes in one go would hold up the page. */
const PART_BYTES = 1024 * 1024;
const FILE = `${OF_PAGE}file`;

const openDatabase = () =>
  openDB<Schema>(DATABASE, 1, {
    upgrade(database) {
      database.createObjectStore('runs');
      database.createObjectStore('records');
    },
  });

/** All records of a run: in IndexedDB arrays come after strings. */
const recordsOf = (run: string) => IDBKeyRange.bound([run], [run, []]);

async function recordKey(half: CryptoKey, { id, secret }: TabRun): Promise<CryptoKey> {
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: base64urlnopad.decode(secret), info: bytes(id) };
  return crypto.subtle.deriveKey(derivation as HkdfParams, half, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
}

const bytes = (text: string) => new TextEncoder().encode(text);

export class KeptRun implements RunStore {
  #discarded = false;
  #touched = 0;

  readonly #database: IDBPDatabase<Schema>;
  readonly #id: string;
  readonly #half: CryptoKey;
  readonly #key: CryptoKey;
  #keepSeconds: number;
  /** Held as long as this page has the run. */
  readonly lock: Lock;

  private constructor(
    database: IDBPDatabase<Schema>,
    id: string,
    half: CryptoKey,
    key: CryptoKey,
    keepSeconds: number,
    lock: Lock,
  ) {
    this.#database = database;
    this.#id = id;
    this.#half = half;
    this.#key = key;
    this.#keepSeconds = keepSeconds;
    this.lock = lock;
  }

  /** Begins to keep a run of this tab on the page `page`. `keepSeconds`: how long the other side waits for a page that is gone. */
  static async begin(page: string, keepSeconds: number): Promise<KeptRun> {
    const database = await openDatabase();
    await sweep(database);
    const tab = { id: crypto.randomUUID(), secret: base64urlnopad.encode(crypto.getRandomValues(new Uint8Array(32))) };
    const half = await crypto.subtle.importKey('raw', crypto.getRandomValues(new Uint8Array(32)), 'HKDF', false, [
      'deriveKey',
    ]);
    const lock = await holdLock(tab.id);
    if (!lock) throw new Error('the lock of a new run is held by another page');
    const run = new KeptRun(
      database,
      tab.id,
      half,
      await recordKey(half, { ...tab, page, keepSeconds }),
      keepSeconds,
      lock,
    );
    await run.#touch();
    rememberTabRun({ ...tab, page, keepSeconds });
    return run;
  }

  /** The run that this tab kept on the page `page`, if there is one and no other tab goes on with it. */
  static async find(page: string): Promise<KeptRun | undefined> {
    const database = await openDatabase();
    const tab = tabRun();
    const elsewhere = tab !== undefined && tab.page !== page;
    const lock = tab && (await holdLock(tab.id, !elsewhere));
    // What this document itself goes on with on another of its pages.
    if (elsewhere && !lock) return undefined;
    await sweep(database);
    const entry = lock && (await database.get('runs', tab.id));
    if (entry && tab.page === page) {
      const key = await recordKey(entry.key, tab);
      return new KeptRun(database, tab.id, entry.key, key, tab.keepSeconds, lock);
    }
    forgetTabRun();
    if (lock) await deleteRun(database, tab.id);
    lock?.release();
    database.close();
    return undefined;
  }

  async names(): Promise<readonly string[]> {
    const keys = await this.#database.getAllKeys('records', recordsOf(this.#id));
    return keys.filter(([, , part]) => part === 0).map(([, name]) => name);
  }

  async get(name: string): Promise<Kept> {
    const first = await this.#getPart(name, 0);
    if (!first) throw new Error(`nothing is kept as ${name}`);
    const packed = new Uint8Array(packedLength(first));
    packed.set(first);
    for (let part = 1; part * PART_BYTES < packed.byteLength; part++) {
      const bytes = await this.#getPart(name, part);
      if (!bytes) throw new Error(`a part of what is kept as ${name} is missing`);
      packed.set(bytes, part * PART_BYTES);
    }
    return unpack(packed.buffer);
  }

  /** Nothing is kept any more once the run is discarded. A record is put once, or replaced by a shorter one. */
  async put(name: string, kept: Kept): Promise<void> {
    const parts = partsOf(kept);
    const first = parts.next().value as Uint8Array<ArrayBuffer>;
    let count = 1;
    for (const bytes of parts) await this.#putPart(name, count++, bytes);
    // Last, because it is what says that there is a record.
    await this.#putPart(name, 0, first, count);
    if (Date.now() - this.#touched > TOUCH_EVERY_MS) await this.#touch();
  }

  async putFile(file: File): Promise<void> {
    const chunks = Math.ceil(file.size / CHUNK_BYTES);
    for (let i = 0; i < chunks; i++) {
      const chunk = await file.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES).arrayBuffer();
      await this.put(`${FILE}/${i}`, { body: {}, blobs: [new Uint8Array(chunk)] });
    }
    await this.put(FILE, { body: { name: file.name, chunks }, blobs: [] });
  }

  async getFile(): Promise<File> {
    const { name, chunks } = (await this.get(FILE)).body as { name: string; chunks: number };
    const parts: BlobPart[] = [];
    for (let i = 0; i < chunks; i++)
      parts.push(...((await this.get(`${FILE}/${i}`)).blobs as Uint8Array<ArrayBuffer>[]));
    return new File(parts, name);
  }

  /** From now on the other side waits so long for a page that is gone. */
  async keepFor(seconds: number): Promise<void> {
    this.#keepSeconds = seconds;
    const tab = tabRun();
    if (tab?.id === this.#id) rememberTabRun({ ...tab, keepSeconds: seconds });
    await this.#touch();
  }

  /** Deletes everything. */
  async discard(): Promise<void> {
    if (this.#discarded) return;
    this.#discarded = true;
    forgetTabRun(this.#id);
    await deleteRun(this.#database, this.#id);
    this.#database.close();
    this.lock.release();
  }

  async #getPart(name: string, part: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const sealed = await this.#database.get('records', [this.#id, name, part]);
    if (!sealed) return undefined;
    return new Uint8Array(await crypto.subtle.decrypt(this.#cipher(name, part, sealed.iv), this.#key, sealed.bytes));
  }

  /** `count`, with the first part: how many parts there are; what was kept beyond them goes. */
  async #putPart(name: string, part: number, plain: Uint8Array<ArrayBuffer>, count?: number): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const sealed = { iv, bytes: await crypto.subtle.encrypt(this.#cipher(name, part, iv), this.#key, plain) };
    if (this.#discarded) return;
    // On disk before a record counts as kept: what was sent may not be forgotten even where the computer stops.
    const durability = count === undefined ? 'relaxed' : 'strict';
    const { store, done } = this.#database.transaction('records', 'readwrite', { durability });
    const beyond = count === undefined ? undefined : IDBKeyRange.bound([this.#id, name, count], [this.#id, name, []]);
    await Promise.all([store.put(sealed, [this.#id, name, part]), beyond && store.delete(beyond), done]);
  }

  #cipher(name: string, part: number, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    // A part says whose it is, so that none can be put in another's place.
    return { name: 'AES-GCM', iv, additionalData: bytes(`${this.#id} ${name} ${part}`) };
  }

  async #touch(): Promise<void> {
    this.#touched = Date.now();
    await this.#database.put('runs', { key: this.#half, until: this.#touched + 1000 * this.#keepSeconds }, this.#id);
    if (this.#discarded) await deleteRun(this.#database, this.#id);
  }
}

/** Length of the head (u32), the head (body and sizes, MessagePack), the blobs: part by part, megabytes are copied once. */
function* partsOf({ body, blobs }: Kept): Generator<Uint8Array<ArrayBuffer>> {
  const sizes = blobs.map(({ byteLength }) => byteLength);
  const head = encode([body, sizes], { ignoreUndefined: true });
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.byteLength);
  let left = sizes.reduce((sum, size) => sum + size, 4 + head.byteLength);
  let part = new Uint8Array(Math.min(PART_BYTES, left));
  let at = 0;
  for (const source of [length, head, ...blobs]) {
    for (let from = 0; from < source.byteLength; ) {
      const piece = source.subarray(from, from + part.byteLength - at);
      part.set(piece, at);
      at += piece.byteLength;
      from += piece.byteLength;
      if (at < part.byteLength) continue;
      yield part;
      left -= at;
      part = new Uint8Array(Math.min(PART_BYTES, left));
      at = 0;
    }
  }
}

/** Bytes of a whole record, by its first part. */
function packedLength(first: Uint8Array<ArrayBuffer>): number {
  const blobsAt = 4 + new DataView(first.buffer).getUint32(0);
  const [, sizes] = decode(first.subarray(4, blobsAt)) as [unknown, number[]];
  return sizes.reduce((sum, size) => sum + size, blobsAt);
}

function unpack(packed: ArrayBuffer): Kept {
  let at = 4 + new DataView(packed).getUint32(0);
  const [body, sizes] = decode(new Uint8Array(packed, 4, at - 4)) as [unknown, number[]];
  const blobs = sizes.map((size) => {
    at += size;
    return new Uint8Array(packed, at - size, size);
  });
  return { body, blobs };
}

async function deleteRun(database: IDBPDatabase<Schema>, id: string): Promise<void> {
  const transaction = database.transaction(['runs', 'records'], 'readwrite', { durability: 'strict' });
  await Promise.all([
    transaction.objectStore('runs').delete(id),
    transaction.objectStore('records').delete(recordsOf(id)),
    transaction.done,
  ]);
}

/** Deletes what tabs left behind that were closed under way: nobody holds it, and nobody waits for it any more. */
async function sweep(database: IDBPDatabase<Schema>): Promise<void> {
  for (const id of await database.getAllKeys('runs')) {
    const entry = await database.get('runs', id);
    if (entry && entry.until < Date.now() && !(await isHeld(id))) await deleteRun(database, id);
  }
}
