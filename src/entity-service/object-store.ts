/**
 * Uploads by way of the object store (MinIO, S3) of a service, as anonlink-client makes them: the service gives leave for a while
 * (`/authorize-external-upload`), the files go to the store, and the service is told where they lie.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { AwsV4Signer } from 'aws4fetch';
import { type BlockIdsOf, clkFileText } from '../clk/clk-file.ts';
import { pythonJson } from '../python/json.ts';
import { t } from '../words/translate.ts';
import { type UploadLeave, type UploadReceipt, uploadLeave, uploadReceipt } from './answers.ts';
import type { Ask, Caller } from './caller.ts';
import type { UploadFile, UploadOptions } from './entity-service.ts';
import { ServiceError } from './service-error.ts';
import { leavesComputer, type StoreAddress } from './store-address.ts';
import { type RequestBody, textBody } from './transport.ts';

/** What the family's clients name as the region, whatever the store. */
const REGION = 'us-east-1';
/** The most that S3 takes at once, bytes. */
const MAX_FILE_BYTES = 5 * 1024 ** 3;
const ROWS_A_PART = 5_000;

/** The text of a block file, ASCII only, in parts; every row stands in it, as services count them. */
function* blockFileText(rows: number, blocksOf: BlockIdsOf): Generator<string> {
  yield '{"blocks": {';
  for (let start = 0; start < rows; start += ROWS_A_PART) {
    const count = Math.min(ROWS_A_PART, rows - start);
    const entries = Array.from({ length: count }, (_, i) => `"${start + i}": ${pythonJson([...blocksOf(start + i)])}`);
    yield `${start === 0 ? '' : ', '}${entries.join(', ')}`;
  }
  yield '}}';
}

function hashOf(body: RequestBody): string {
  const hash = sha256.create();
  for (const part of body.parts()) hash.update(part);
  return bytesToHex(hash.digest());
}

/** The store's address, as far as its files have it in common. */
function storeOf(
  { endpoint: said, secure: saidSecure }: UploadLeave['upload'],
  given: StoreAddress | undefined,
): string {
  const { endpoint, secure = saidSecure } = given ?? { endpoint: said };
  const store = `${secure ? 'https' : 'http'}://${endpoint}`;
  if (URL.canParse(store)) return store;
  throw new ServiceError('unreachable', t('"{{address}}" is no address of an object store.', { address: endpoint }));
}

/** Puts one file into the store, signed, with its hash. */
async function putFile(
  call: Caller,
  { credentials, upload }: UploadLeave,
  name: string,
  body: RequestBody,
  metadata: Readonly<Record<string, string>>,
  { onProgress = () => {}, objectStore, signal }: UploadOptions,
): Promise<{ readonly file: { readonly bucket: string; readonly path: string } }> {
  if (body.size > MAX_FILE_BYTES) {
    throw new ServiceError(
      'refused',
      t(
        'The upload is larger than the 5 GB that an object store takes at once. Upload it to the service itself, or cut it into projects.',
      ),
    );
  }
  const path = `${upload.path}/${name}`;
  const address = `${storeOf(upload, objectStore?.address)}/${upload.bucket}/${path}`;
  const signer = new AwsV4Signer({
    method: 'PUT',
    url: address,
    headers: { 'x-amz-content-sha256': hashOf(body), ...metadata },
    accessKeyId: credentials.AccessKeyId,
    secretAccessKey: credentials.SecretAccessKey,
    sessionToken: credentials.SessionToken,
    service: 's3',
    region: REGION,
  });
  const { url, headers } = await signer.sign();
  await call({
    doing: t('the upload of a file to its object store'),
    method: 'PUT',
    path: '',
    elsewhere: url,
    // The transport names the host itself.
    headers: Object.fromEntries([...headers].filter(([header]) => header !== 'host')),
    body,
    expected: [200, 201, 204],
    signal,
    onProgress,
  });
  return { file: { bucket: upload.bucket, path } };
}

/** Sends CLKs, and their blocks, by way of the object store. @throws ServiceError, also where the service has none */
export async function uploadToStore(
  call: Caller,
  ask: Ask,
  project: string,
  token: string,
  { clks, blocks }: UploadFile,
  options: UploadOptions,
): Promise<UploadReceipt> {
  const { signal } = options;
  const doing = t('leave to upload to its object store');
  const path = `${project}/authorize-external-upload`;
  const leave = await ask(uploadLeave, { doing, method: 'GET', path, token, expected: [200, 201], signal });
  const { credentials } = leave;
  const store = storeOf(leave.upload, options.objectStore?.address);
  if (store.startsWith('http:') && leavesComputer(store)) options.objectStore?.onUnprotected?.(store);
  const metadata = { 'x-amz-meta-hash-count': String(clks.rows), 'x-amz-meta-hash-size': String(clks.bytesPerClk) };
  const put = (name: string, text: () => Iterable<string>, about: Readonly<Record<string, string>>) =>
    putFile(call, leave, name, textBody(text), about, options);
  const encodings = await put('encodings.json', () => clkFileText(clks), metadata);
  const blocksOf = typeof blocks === 'function' ? blocks : blocks && ((row: number) => blocks[row] ?? []);
  const blocked = blocksOf && (await put('blocks.json', () => blockFileText(clks.rows, blocksOf), {}));
  const json = {
    encodings: { ...encodings, credentials },
    ...(blocked ? { blocks: { ...blocked, credentials } } : {}),
  };
  const told = { doing: t('the place of the upload'), method: 'POST' as const, path: `${project}/clks`, token, json };
  return ask(uploadReceipt, { ...told, expected: [201], signal });
}
