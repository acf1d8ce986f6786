/** Where a queue is: `redis://host:port/database`, or `rediss://` with TLS. */
import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { QueueError } from './queue-error.ts';

export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly user?: string;
  readonly password?: string;
  readonly tls: boolean;
  /** Certificates of who may sign the queue's certificate (PEM), beside those that Node trusts. */
  readonly authority?: string;
}

const PORT = 6379;
const numbers = z.object({ port: z.int().min(1).max(65535), database: z.int().min(0).max(65535) });

const wrong = (why: string): QueueError =>
  new QueueError(`The address of the queue ${why}. Write it as redis://host:6379 or rediss://host:6379 (with TLS).`);

/**
 * Reads an address. Messages never repeat it, as it may hold a password.
 * @throws QueueError
 */
export function parseQueueAddress(text: string): QueueAddress {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw wrong('is none');
  }
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') throw wrong('does not begin with redis:// or rediss://');
  if (url.hostname === '') throw wrong('names no host');
  if (url.search !== '' || url.hash !== '') throw wrong('has more after the database than it can have');
  const path = url.pathname.replace(/^\//, '');
  const parsed = checked(numbers, {
    port: url.port === '' ? PORT : Number(url.port),
    database: /^\d*$/.test(path) ? Number(path) : Number.NaN,
  });
  if ('problem' in parsed) throw wrong('has a port or a database that cannot be');
  return {
    // An IPv6 address stands in brackets in an address only.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...parsed.data,
    tls: url.protocol === 'rediss:',
    ...(url.username === '' ? {} : { user: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
  };
}

/** An address as messages write it, without what is secret. */
export function addressWords({ host, port, tls }: QueueAddress): string {
  return `${tls ? 'rediss' : 'redis'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
