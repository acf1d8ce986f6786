/** An object store of a test's own, which takes files whose AWS signature (version 4) and hash are right, and no others. */
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface StoredFile {
  readonly content: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface StoreCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The signature that a request must have by its own list of signed headers, as the documentation of S3 describes it. */
export function signatureOf({ method, path, headers }: SignedRequest, secret: string): string {
  const { authorization = '' } = headers;
  const [, scope = '', signed = ''] = /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const lines = signed.split(';').map((name) => `${name}:${headers[name]?.trim() ?? ''}\n`);
  const request = [method, path, '', lines.join(''), signed, headers['x-amz-content-sha256']].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(request)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

/** What is wrong with a request; undefined where nothing is. */
function objection(request: SignedRequest, body: Uint8Array, credentials: StoreCredentials): string | undefined {
  const { headers } = request;
  const { authorization = '' } = headers;
  if (headers['x-amz-security-token'] !== credentials.SessionToken) return 'InvalidToken';
  if (!authorization.includes(`Credential=${credentials.AccessKeyId}/`)) return 'InvalidAccessKeyId';
  const signed = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  const needed = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (!needed.every((name) => signed.includes(name)))
    return 'AccessDenied: There were headers present which were not signed';
  if (!authorization.endsWith(`Signature=${signatureOf(request, credentials.SecretAccessKey)}`))
    return 'SignatureDoesNotMatch';
  return headers['x-amz-content-sha256'] === sha256(body) ? undefined : 'XAmzContentSHA256Mismatch';
}

export interface ObjectStoreStub extends AsyncDisposable {
  /** Host and port. */
  readonly endpoint: string;
  readonly files: ReadonlyMap<string, StoredFile>;
}

export async function startObjectStore(credentials: StoreCredentials): Promise<ObjectStoreStub> {
  const files = new Map<string, StoredFile>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const headers = request.headers as StoredFile['headers'];
    const path = request.url ?? '';
    const wrong =
      request.method === 'PUT' ? objection({ method: 'PUT', path, headers }, body, credentials) : 'MethodNotAllowed';
    if (wrong === undefined) files.set(path, { content: String(body), headers });
    response
      .writeHead(wrong === undefined ? 200 : 403)
      .end(wrong === undefined ? '' : `<Error><Code>${wrong}</Code></Error>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    endpoint: `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    files,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
