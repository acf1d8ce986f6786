/** Connections to a queue, which come back by themselves when the queue was away. */
import { isIP } from 'node:net';
import { Redis } from 'ioredis';
import { addressWords, type QueueAddress } from './address.ts';
import { QueueError } from './queue-error.ts';

const MAX_WAIT_MS = 2_000;
const CONNECT_MS = 10_000;
/** How long a queue may take to answer what is asked before any work goes there, milliseconds. */
const ANSWER_MS = 15_000;

/** By a word in what the server or the system says. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/WRONGPASS|invalid password|invalid username/i, 'it refuses the password. Check it'],
  [/NOAUTH/i, 'it wants a password. Give one by BLINDJOIN_QUEUE_PASSWORD or --queue-password-file'],
  [/NOPERM/i, 'its user may not do what is needed. Give the user more rights'],
  [/ECONNREFUSED/, 'nothing listens there. Start Redis or Valkey, or check the address'],
  [/ENOTFOUND|EAI_AGAIN/, 'this host is not known. Check the address'],
  [/certificate|self.signed|CERT_|altname/i, 'its certificate is not trusted. Give the authority by --queue-ca'],
  [/SSL|TLS|EPROTO|wrong version number/i, 'it does not speak TLS. Take redis:// in place of rediss://'],
  [
    /ECONNRESET|EPIPE|connection is closed/i,
    'it breaks the connection off. If it speaks TLS, take rediss:// in place of redis://',
  ],
  [/ETIMEDOUT/, 'it does not answer. Check the address, firewalls, and whether it speaks TLS'],
];

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? `${'code' in error ? String(error.code) : ''} ${error.message}` : String(error);
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? text.trim().slice(0, 300);
}

/** What is said while a queue is away and when it is back. */
export interface ConnectionWatcher {
  away(): void;
  back(): void;
}

/**
 * Waits for an answer of the queue, but not for ever.
 * @throws QueueError when it comes too late
 */
export async function answeredInTime<T>(address: QueueAddress, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(cannotBeUsed(address, new Error('ETIMEDOUT'))), ANSWER_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

const cannotBeUsed = (address: QueueAddress, error: unknown): QueueError =>
  new QueueError(`The queue at ${addressWords(address)} cannot be used: ${reasonOf(error)}.`);

/**
 * Connects. Later on, whoever asks something of a queue that is away waits until it is back.
 * @throws QueueError when the first connection fails
 */
export async function connectToQueue(address: QueueAddress, watcher?: ConnectionWatcher): Promise<Redis> {
  const { host, port, database, user, password, tls, authority } = address;
  const redis = new Redis({
    host,
    port,
    db: database,
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    ...(tls
      ? { tls: { ...(isIP(host) ? {} : { servername: host }), ...(authority === undefined ? {} : { ca: authority }) } }
      : {}),
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_MS,
    retryStrategy: (times) => Math.min(100 * times, MAX_WAIT_MS),
    lazyConnect: true,
  });
  const failed = new Promise<never>((_, reject) => {
    redis.on('error', reject);
  });
  try {
    // What goes wrong later is an event too, and mends itself.
    const answer = redis.connect().then(() => redis.ping());
    await answeredInTime(address, Promise.race([answer, failed]));
  } catch (error) {
    redis.disconnect();
    throw error instanceof QueueError ? error : cannotBeUsed(address, error);
  }
  failed.catch(() => {});
  let isAway = false;
  redis.on('reconnecting', () => {
    if (!isAway) watcher?.away();
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) watcher?.back();
    isAway = false;
  });
  return redis;
}
