/** Where a ledger is kept: in this browser for good, or in memory for the sample and for tests. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { LedgerStore } from './ledger.ts';

interface LedgerDatabase extends DBSchema {
  entries: { key: number; value: unknown };
  keys: { key: string; value: CryptoKey };
}

function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/** One ledger a browser profile and origin. The key cannot be read out, not by this page either. */
export function indexedStore(name = 'blindjoin-ledger'): LedgerStore {
  let opened: Promise<IDBPDatabase<LedgerDatabase>> | undefined;
  const database = () => {
    opened ??= openDB<LedgerDatabase>(name, 1, {
      upgrade(db) {
        db.createObjectStore('entries', { autoIncrement: true });
        db.createObjectStore('keys');
      },
    });
    // What was refused may be allowed later.
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  return {
    read: async () => (await database()).getAll('entries'),
    append: async (next) => {
      const transaction = (await database()).transaction('entries', 'readwrite', { durability: 'strict' });
      try {
        const entry = next(await transaction.store.getAll());
        if (entry) await transaction.store.add(entry);
        await transaction.done;
      } catch (error) {
        transaction.done.catch(() => {});
        throw error;
      }
    },
    clear: async () => (await database()).clear('entries'),
    key: async () => {
      const db = await database();
      const known = await db.get('keys', 'files');
      if (known) return known;
      const made = await newKey();
      // Another page may have been faster: the first key stays.
      const transaction = db.transaction('keys', 'readwrite');
      const first = await transaction.store.get('files');
      if (!first) await transaction.store.put(made, 'files');
      await transaction.done;
      return first ?? made;
    },
  };
}

/** Forgotten with the page. */
export function memoryStore(): LedgerStore {
  let entries: unknown[] = [];
  let key: ReturnType<typeof newKey> | undefined;
  return {
    read: async () => [...entries],
    append: async (next) => {
      const entry = next([...entries]);
      if (entry) entries.push(entry);
    },
    clear: async () => {
      entries = [];
    },
    key: () => {
      key ??= newKey();
      return key;
    },
  };
}
