import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { StoreFile } from '../entity-service/entity-service.ts';
import type { RequestBody } from '../entity-service/transport.ts';
import { type ObjectStoreStub, type StoreOptions, startObjectStore } from '../testing/object-store-stub.ts';
import { storeWriter } from './object-store.ts';
import { dispatcherFor } from './service-transport.ts';

const credentials = { AccessKeyId: 'id', SecretAccessKey: 'secret/+=', SessionToken: 'session/+=.token' };
const MB = 1024 ** 2;

let store: ObjectStoreStub | undefined;
afterEach(async () => {
  await store?.[Symbol.asyncDispose]();
});

const put = storeWriter(dispatcherFor({}), 60_000);

/** A body of so many parts of a MB, each of one letter; tells how many are asked for. */
function letters(count: number): RequestBody & { asked: number } {
  const body = {
    size: count * MB,
    asked: 0,
    *parts() {
      for (let i = 0; i < count; i++) {
        body.asked++;
        yield new Uint8Array(MB).fill(97 + (i % 26));
      }
    },
  };
  return body;
}

async function fileFor(options: StoreOptions, body: RequestBody, given: Partial<StoreFile> = {}): Promise<StoreFile> {
  store = await startObjectStore(credentials, options);
  const metadata = { 'hash-count': '3' };
  const place = { store: `http://${store.endpoint}`, bucket: 'uploads', path: '2026/x/encodings.json' };
  return { ...place, credentials, body, metadata, ...given };
}

const stored = () => [...(store?.files ?? [])];

it('sends a large file in parts, of which a few are in memory', async () => {
  const body = letters(34);
  const sent: number[] = [];
  let asked = 0;
  const answer: StoreOptions['answer'] = ({ path, headers }) => {
    // S3 takes none whose length is not told.
    if ('transfer-encoding' in headers || !('content-length' in headers)) return { status: 411 };
    if (path.includes('partNumber=1&')) asked = body.asked;
    return undefined;
  };
  const file = await fileFor({ answer }, body);
  await put(file, { onProgress: (bytes) => sent.push(bytes) });
  const [[path, { content, parts, headers }] = ['', { content: '', parts: 0, headers: {} }]] = stored();
  expect([path, parts]).toEqual(['/uploads/2026/x/encodings.json', 5]);
  expect(headers['x-amz-meta-hash-count']).toBe('3');
  expect(hash('sha256', content)).toBe(hash('sha256', Buffer.concat([...body.parts()])));
  expect(sent.at(-1)).toBe(34 * MB);
  expect(sent).toEqual([...sent].sort((a, b) => a - b));
  // Three parts of 8 MB are on their way when the first arrives, and one is made ready.
  expect(asked).toBeLessThan(30);
  expect(store?.unfinished.size).toBe(0);
});

it.each(['names with blanks, + and %41/ä&=?#~\'()*!/"<你>', 'a//b', '...'])('signs the path %s', async (path) => {
  await put(await fileFor({}, letters(1), { path: `${path}/e.json` }), {});
  expect(stored().map(([name]) => decodeURIComponent(name))).toEqual([`/uploads/${path}/e.json`]);
});

it.each([
  ['http://s3.eu-west-1.amazonaws.com', 'uploads.s3.eu-west-1.amazonaws.com', '/2026/x/encodings.json'],
  ['http://minio.example:9000', 'minio.example:9000', '/uploads/2026/x/encodings.json'],
])('addresses the bucket as the store does, by way of a proxy: %s', async (address, host, path) => {
  const hosts = new Set<string | undefined>();
  const answer: StoreOptions['answer'] = ({ headers }) => {
    hosts.add(headers.host);
    return undefined;
  };
  const file = await fileFor({ answer }, letters(10), { store: address });
  await storeWriter(dispatcherFor({ HTTP_PROXY: `http://${store?.endpoint}` }), 60_000)(file, {});
  expect(stored().map(([name, { parts }]) => [name, parts])).toEqual([[path, 2]]);
  expect([...hosts]).toEqual([host]);
});

it('repeats a part that the store had no time for, and the last call', async () => {
  const busy = new Map([
    ['partNumber=2', 2],
    ['POST', 2],
  ]);
  const answer: StoreOptions['answer'] = ({ method, path }) => {
    for (const [mark, left] of busy) {
      if (left === 0 || !`${method} ${path}`.includes(mark)) continue;
      busy.set(mark, left - 1);
      return { status: 503, body: '<Error><Code>SlowDown</Code></Error>' };
    }
    return undefined;
  };
  await put(await fileFor({ answer }, letters(10)), {});
  expect([...busy.values()]).toEqual([0, 0]);
  expect(stored().map(([, { parts }]) => parts)).toEqual([2]);
});

it('takes back what was sent where a part is refused', async () => {
  const answer: StoreOptions['answer'] = ({ path }) =>
    path.includes('partNumber=3')
      ? { status: 403, body: '<Error><Code>QuotaExceeded</Code><Message>Full.</Message></Error>' }
      : undefined;
  const words =
    /refused the upload of encodings\.json \(status 403\): QuotaExceeded: Full\. Ask who runs the service what/;
  await expect(put(await fileFor({ answer }, letters(40)), {})).rejects.toThrow(words);
  expect([stored(), store?.unfinished.size]).toEqual([[], 0]);
});

it('tells what was refused also where nothing may be taken back', async () => {
  const answer: StoreOptions['answer'] = ({ method, path }) =>
    path.includes('partNumber=2') || method === 'DELETE' ? { status: 403, body: 'no' } : undefined;
  const words = /refused the upload of encodings\.json \(status 403\)\. Ask who/;
  await expect(put(await fileFor({ answer }, letters(20)), {})).rejects.toThrow(words);
});

it('ends when it is asked to, and takes back what was sent', async () => {
  const stop = new AbortController();
  const answer: StoreOptions['answer'] = ({ path }) => {
    if (path.includes('partNumber=2')) stop.abort(new Error('enough'));
    return undefined;
  };
  await expect(put(await fileFor({ answer }, letters(40)), { signal: stop.signal })).rejects.toThrow('enough');
  expect([stored(), store?.unfinished.size]).toEqual([[], 0]);
});

it.each([-3_600_000, 3_600_000])('goes by the clock of the store, %i ms ahead', async (ahead) => {
  await put(await fileFor({ ahead }, letters(10)), {});
  expect(stored()).toHaveLength(1);
});

it('says that the clock is off where the store does not tell its own', async () => {
  const body = '<Error><Code>RequestTimeTooSkewed</Code><Message>Too large a difference</Message></Error>';
  const answer = () => ({ status: 403, body, headers: { date: '' } });
  await expect(put(await fileFor({ answer }, letters(1)), {})).rejects.toThrow(
    /RequestTimeTooSkewed: Too large a difference\. Set the clock of this computer, which the store finds wrong\.$/,
  );
});

it.each([301, 307])('follows no redirect (%i), and tells where it leads', async (status) => {
  const answer = () => ({ status, headers: { location: 'https://other.example/uploads/x?y=z' } });
  await expect(put(await fileFor({ answer }, letters(1)), {})).rejects.toThrow(
    new RegExp(
      `sends the upload of encodings\\.json on to https://other\\.example \\(status ${status}\\)\\. Nothing was sent there`,
    ),
  );
});

it.each(['http://[', '', undefined])('tells a redirect that leads nowhere too: %s', async (location) => {
  const answer = () => ({ status: 307, ...(location === undefined ? {} : { headers: { location } }) });
  const words =
    location === ''
      ? /sends \S+ upload of encodings\.json on to http:/
      : /on to another address, which it does not tell/;
  await expect(put(await fileFor({ answer }, letters(1)), {})).rejects.toThrow(words);
});

it('quotes a store in one line, and nothing that moves the cursor', async () => {
  const said = `No.&#10;\u001b[2J\u001b]0;x\u0007\u202eabc ${'long '.repeat(100)}`;
  const body = `<Error><Code>Odd\u001b[1m</Code><Message>${said}</Message></Error>`;
  const failure = await put(await fileFor({ answer: () => ({ status: 403, body }) }, letters(1)), {}).catch(String);
  expect(failure).toMatch(/\(status 403\): Odd \[1m: No\. \[2J \]0;x abc long .*…\. Ask who/);
  expect(failure).not.toMatch(/[\p{Cc}\u202e]/u);
});

it.each([
  ['<html><h1>Bad gateway</h1></html>', 502],
  ['', 404],
  ['{"json": true}', 400],
])('says that a store refuses which does not speak as S3 does: %s', async (body, status) => {
  await expect(put(await fileFor({ answer: () => ({ status, body }) }, letters(1)), {})).rejects.toThrow(
    new RegExp(`^The object store http://\\S+ refused the upload of encodings\\.json \\(status ${status}\\)`),
  );
});

it('stops at the first part that is refused, whatever is under way', async () => {
  const asked = new Set<string>();
  const answer: StoreOptions['answer'] = ({ method, path }) => {
    const number = /partNumber=(\d+)/.exec(path)?.[1];
    if (method !== 'PUT' || number === undefined) return undefined;
    asked.add(number);
    const refused = { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
    // Of the others the store takes all and answers none.
    return number === '1' ? refused : new Promise(() => {});
  };
  await expect(put(await fileFor({ answer }, letters(200)), {})).rejects.toThrow(/\(status 403\): AccessDenied/);
  expect(asked.size).toBeLessThan(4);
  expect([stored(), store?.unfinished.size]).toEqual([[], 0]);
});

/** A store that takes connections and says nothing. */
async function silentStore() {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ method }) => void asked.push(method)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

it('says so where nothing moves, and asks once', async () => {
  await using silent = await silentStore();
  const slow = storeWriter(dispatcherFor({}), 300);
  await expect(slow(await fileFor({}, letters(1), { store: silent.address }), {})).rejects.toThrow(
    /^Nothing moved for 0\.3 s in the upload of encodings\.json to http:\S+\. Try again later, or give a longer --timeout\.$/,
  );
  expect(silent.asked.filter((method) => method === 'PUT').length).toBeLessThan(2);
});

it('does not read what this machine sets for AWS', async () => {
  const read = new Set<string>();
  const before = process.env;
  process.env = new Proxy(before, {
    get: (variables, name: string) => {
      read.add(name);
      return variables[name];
    },
    set: (variables, name: string, value: string) => {
      variables[name] = value;
      return true;
    },
  });
  await put(await fileFor({}, letters(10)), {}).finally(() => {
    process.env = before;
  });
  expect(stored()).toHaveLength(1);
  // The one keeps the SDK quiet, the other says whether a program is called by itself over and over.
  const harmless = ['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'AWS_LAMBDA_FUNCTION_NAME'];
  const settings = [...read].filter((name) => /^(?:AWS|HOME|USERPROFILE)/.test(name) && !harmless.includes(name));
  expect(settings).toEqual([]);
});
