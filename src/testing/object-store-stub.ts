/** An object store of a test's own, which takes files, whole and in parts, whose AWS signature (version 4) and hash are right, and no others. */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface StoredFile {
  readonly content: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parts it came in; 1 for a file that came whole. */
  readonly parts: number;
}

export interface StoreCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

export interface StoreRequest {
  readonly method: string;
  /** As it came, with what follows the question mark. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface StoreOptions {
  /** Milliseconds that the store's clock is ahead. */
  readonly ahead?: number;
  /** Answers a request before it is looked at; undefined for none. */
  readonly answer?: (request: StoreRequest) => StoreAnswer | undefined | Promise<StoreAnswer>;
}

interface StoreAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The part after the question mark as it is signed: sorted, each name with `=`. */
function signedQuery(path: string): string {
  const [, query = ''] = path.split('?');
  const parts = query.split('&').filter((part) => part !== '');
  return parts
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .sort()
    .join('&');
}

/** The signature that a request must have by its own list of signed headers, as the documentation of S3 describes it. */
export function signatureOf({ method, path, headers }: StoreRequest, secret: string): string {
  const { authorization = '' } = headers;
  const [, scope = '', signed = ''] = /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const lines = signed.split(';').map((name) => `${name}:${headers[name]?.trim() ?? ''}\n`);
  const place = path.split('?')[0] ?? '';
  const hash = headers['x-amz-content-sha256'];
  const request = [method, place, signedQuery(path), lines.join(''), signed, hash].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(request)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

const MAX_SKEW_MS = 900_000;

/** What is wrong with a request; undefined where nothing is. */
function objection(
  request: StoreRequest,
  body: Uint8Array,
  credentials: StoreCredentials,
  now: number,
): string | undefined {
  const { headers } = request;
  const { authorization = '' } = headers;
  if (headers['x-amz-security-token'] !== credentials.SessionToken) return 'InvalidToken';
  if (!authorization.includes(`Credential=${credentials.AccessKeyId}/`)) return 'InvalidAccessKeyId';
  const date = (headers['x-amz-date'] ?? '').replace(/^(....)(..)(..T..)(..)(.*)$/, '$1-$2-$3:$4:$5');
  if (!(Math.abs(Date.parse(date) - now) <= MAX_SKEW_MS)) return 'RequestTimeTooSkewed';
  const signed = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  const needed = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (!needed.every((name) => signed.includes(name))) return 'AccessDenied';
  if (!authorization.endsWith(`Signature=${signatureOf(request, credentials.SecretAccessKey)}`))
    return 'SignatureDoesNotMatch';
  return headers['x-amz-content-sha256'] === sha256(body) ? undefined : 'XAmzContentSHA256Mismatch';
}

interface UnfinishedUpload {
  readonly headers: StoredFile['headers'];
  readonly parts: Map<number, Buffer>;
}

const LEAST_PART_BYTES = 5 * 1024 ** 2;
const error = (status: number, code: string): StoreAnswer => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>It is ${code}</Message></Error>`,
});

class Shelves {
  readonly files = new Map<string, StoredFile>();
  readonly unfinished = new Map<string, UnfinishedUpload>();

  /** Does what a request that is in order asks for. */
  do({ method, path, headers }: StoreRequest, body: Buffer): StoreAnswer {
    const { pathname, searchParams: query } = new URL(path, 'http://store');
    const id = query.get('uploadId') ?? '';
    const upload = this.unfinished.get(id);
    if (method === 'POST' && query.has('uploads')) {
      const made = randomUUID();
      this.unfinished.set(made, { headers, parts: new Map() });
      const xml = `<InitiateMultipartUploadResult><UploadId>${made}</UploadId></InitiateMultipartUploadResult>`;
      return { status: 200, body: xml };
    }
    if (method === 'PUT' && id === '') {
      this.files.set(pathname, { content: String(body), headers, parts: 1 });
      return { status: 200 };
    }
    if (method === 'DELETE' && id === '') {
      this.files.delete(pathname);
      return { status: 204 };
    }
    if (!upload) return error(404, 'NoSuchUpload');
    if (method === 'PUT') {
      upload.parts.set(Number(query.get('partNumber')), body);
      return { status: 200, headers: { etag: `"${sha256(body)}"` } };
    }
    if (method === 'DELETE') {
      this.unfinished.delete(id);
      return { status: 204 };
    }
    return method === 'POST' ? this.#complete(pathname, id, upload, String(body)) : error(405, 'MethodNotAllowed');
  }

  #complete(pathname: string, id: string, { headers, parts }: UnfinishedUpload, list: string): StoreAnswer {
    const named = [...list.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) => Number(number));
    const bytes = named.map((number) => parts.get(number));
    const whole = bytes.filter((part) => part !== undefined);
    if (whole.length < bytes.length || named.some((number, i) => number !== i + 1)) return error(400, 'InvalidPart');
    if (whole.slice(0, -1).some(({ length }) => length < LEAST_PART_BYTES)) return error(400, 'EntityTooSmall');
    for (const [, etag = ''] of list.matchAll(/<ETag>([^<]*)<\/ETag>/g))
      if (!whole.some((part) => etag.includes(sha256(part)))) return error(400, 'InvalidPart');
    this.files.set(pathname, { content: String(Buffer.concat(whole)), headers, parts: whole.length });
    this.unfinished.delete(id);
    return { status: 200, body: '<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>' };
  }
}

export interface ObjectStoreStub extends AsyncDisposable {
  /** Host and port. */
  readonly endpoint: string;
  readonly files: ReadonlyMap<string, StoredFile>;
  /** Uploads in parts that were neither completed nor taken back. */
  readonly unfinished: ReadonlyMap<string, unknown>;
}

export async function startObjectStore(
  credentials: StoreCredentials,
  { ahead = 0, answer = () => undefined }: StoreOptions = {},
): Promise<ObjectStoreStub> {
  const shelves = new Shelves();
  const reply = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(incoming);
    const { method = '', url = '' } = incoming;
    // As to a proxy, the whole address may be asked for.
    const path = url.replace(/^http:\/\/[^/]+/, '');
    const request = { method, path, headers: incoming.headers as StoredFile['headers'] };
    const now = Date.now() + ahead;
    const wrong = objection(request, body, credentials, now);
    const made = (await answer(request)) ?? (wrong === undefined ? shelves.do(request, body) : error(403, wrong));
    response.writeHead(made.status, { date: new Date(now).toUTCString(), ...made.headers }).end(made.body);
  };
  const server = createServer((incoming, response) => {
    reply(incoming, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    endpoint: `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    files: shelves.files,
    unfinished: shelves.unfinished,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
