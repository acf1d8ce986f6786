import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeWriter } from '../cli/object-store.ts';
import { createNodeTransport, dispatcherFor } from '../cli/service-transport.ts';
import { checked } from '../parsing/checked.ts';
import { type Stub, startStub } from '../testing/entity-service-stub.ts';
import {
  type ObjectStoreStub,
  type StoreOptions,
  signatureOf,
  startObjectStore,
} from '../testing/object-store-stub.ts';
import { uploadLeave } from './answers.ts';
import { connectEntityService } from './connect.ts';
import { readStoreAddress, type StoreAddress } from './store-address.ts';

const credentials = {
  AccessKeyId: 'Y4RJU1RNFGK48LGO9I2S',
  SecretAccessKey: 'sYLRKS1Z7hSjluf6g/Ebb90+66',
  SessionToken: 'eyJh.b-c_d',
};
const clks = { rows: 3, bytesPerClk: 8, bits: Uint8Array.from({ length: 24 }, (_, i) => 7 * i) };

let stub: Stub;
let store: ObjectStoreStub;

beforeEach(async () => {
  stub = await startStub();
  store = await startObjectStore(credentials);
});

afterEach(async () => {
  await stub.close();
  await store[Symbol.asyncDispose]();
});

const put = storeWriter(dispatcherFor({}), 60_000);
const service = () => connectEntityService(stub.address, { transport: createNodeTransport({}) });

/** The next answer of the service gives leave. */
function giveLeave(given = credentials, endpoint = store.endpoint): void {
  const upload = { endpoint, secure: false, bucket: 'anonlink-uploads', path: '2020/05/Z7hSjluf6gEbxxyy' };
  stub.answerNext(200, JSON.stringify({ credentials: { ...given, Expiration: '2030-01-01T00:00:00Z' }, upload }));
}

async function project(usesBlocking: boolean) {
  const made = await service().createProject({ schema: {}, resultType: 'groups', parties: 2, usesBlocking });
  return { id: made.project_id, token: made.update_tokens[0] ?? '' };
}

it('signs as the documentation of S3 shows it', () => {
  const headers = {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-amz-date': '20130524T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date',
  };
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  expect(signatureOf({ method: 'GET', path: '/test.txt', headers }, secret)).toBe(
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});

it.each([false, true])(
  'puts CLKs into the store, and tells the service where they lie (blocks: %s)',
  async (blocked) => {
    const { id, token } = await project(blocked);
    giveLeave();
    const blocks = blocked ? [['a', 'b'], [], ['ä']] : undefined;
    stub.answerNext(201, JSON.stringify({ message: 'Updated', receipt_token: 'r' }));
    const sent: number[] = [];
    const receipt = await service().upload(
      id,
      token,
      { clks, blocks },
      { objectStore: { put }, onProgress: (bytes) => sent.push(bytes) },
    );
    expect(receipt.receipt_token).toBe('r');
    const folder = '/anonlink-uploads/2020/05/Z7hSjluf6gEbxxyy';
    const encodings = store.files.get(`${folder}/encodings.json`);
    expect(JSON.parse(encodings?.content ?? '')).toEqual({
      clks: [0, 8, 16].map((at) => Buffer.from(clks.bits.subarray(at, at + 8)).toString('base64')),
    });
    expect(encodings?.headers).toMatchObject({ 'x-amz-meta-hash-count': '3', 'x-amz-meta-hash-size': '8' });
    expect(sent.length).toBeGreaterThan(0);
    const written = store.files.get(`${folder}/blocks.json`);
    expect(written && JSON.parse(written.content)).toEqual(
      blocked ? { blocks: { 0: ['a', 'b'], 1: [], 2: ['ä'] } } : undefined,
    );
    const place = (name: string) => ({
      file: { bucket: 'anonlink-uploads', path: `2020/05/Z7hSjluf6gEbxxyy/${name}` },
      credentials: expect.objectContaining(credentials),
    });
    const { method, path, headers, text } = stub.calls.at(-1) ?? {};
    expect([method, path, headers?.authorization]).toEqual(['POST', `/api/v1/projects/${id}/clks`, token]);
    expect(JSON.parse(text ?? '')).toEqual({
      encodings: place('encodings.json'),
      ...(blocked ? { blocks: place('blocks.json') } : {}),
    });
  },
);

describe('a file that is whole when the upload fails', () => {
  const folder = '/anonlink-uploads/2020/05/Z7hSjluf6gEbxxyy';

  async function fail(options: StoreOptions, answer: () => void, signal?: AbortSignal) {
    await store[Symbol.asyncDispose]();
    store = await startObjectStore(credentials, options);
    const { id, token } = await project(true);
    giveLeave();
    answer();
    const left: string[] = [];
    const objectStore = { put, onLeft: (_: string, name: string) => left.push(name) };
    const blocks = [['a'], [], ['b']];
    const work = service().upload(id, token, { clks, blocks }, { objectStore, ...(signal ? { signal } : {}) });
    const words = await work.then(String, String);
    return { words, left, files: [...store.files.keys()].map((path) => path.replace(`${folder}/`, '')) };
  }

  const noBlocks: StoreOptions['answer'] = ({ path }) => (path.includes('blocks.json') ? { status: 403 } : undefined);
  const nothing = () => {};

  it('is taken back where its blocks are refused', async () => {
    const { words, left, files } = await fail({ answer: noBlocks }, nothing);
    expect([left, files]).toEqual([[], []]);
    expect(words).toMatch(/refused the upload of blocks\.json \(status 403\)/);
  });

  it('is taken back where somebody stops it', async () => {
    const stop = new AbortController();
    const answer: StoreOptions['answer'] = ({ method, path }) => {
      if (method === 'PUT' && path.includes('blocks.json')) stop.abort(new Error('enough'));
      return undefined;
    };
    expect(await fail({ answer }, nothing, stop.signal)).toEqual({ words: 'Error: enough', left: [], files: [] });
  });

  it('is taken back where the service refuses it, and not where it may have it', async () => {
    const refused = await fail({}, () => stub.answerNext(403, '{"title": "No"}'));
    expect([refused.left, refused.files]).toEqual([[], []]);
    const unsure = await fail({}, () => stub.answerNext(500, '{"title": "Oh"}'));
    expect([unsure.left, unsure.files]).toEqual([
      ['encodings.json', 'blocks.json'],
      ['encodings.json', 'blocks.json'],
    ]);
  });

  it('is told of where the store keeps it', async () => {
    const answer: StoreOptions['answer'] = (asked) => (asked.method === 'DELETE' ? { status: 403 } : noBlocks(asked));
    const { left, files } = await fail({ answer }, nothing);
    expect([left, files]).toEqual([['encodings.json'], ['encodings.json']]);
  });
});

it('says so where the store refuses, cannot be reached, or the service has none', async () => {
  const { id, token } = await project(false);
  const upload = (endpoint?: string) =>
    service().upload(id, token, { clks }, { objectStore: { put, ...(endpoint && { address: { endpoint } }) } });
  giveLeave({ ...credentials, SecretAccessKey: 'another' });
  await expect(upload()).rejects.toThrow(
    /^The object store http:\/\/127\.0\.0\.1:\d+ refused the upload of encodings\.json \(status 403\): SignatureDoesNotMatch: It is SignatureDoesNotMatch\. Ask who/,
  );
  giveLeave();
  await expect(upload('127.0.0.1:1')).rejects.toThrow(/^http:\/\/127\.0\.0\.1:1 cannot be reached/);
  giveLeave(credentials, 'host/../other?');
  await expect(upload()).rejects.toThrow('is no host');
  stub.answerNext(404, '{"title": "Not found"}');
  await expect(upload()).rejects.toThrow(/refused leave to upload to its object store \(status 404\)/);
  expect(store.files.size).toBe(0);
});

it('says when CLKs would go over a network without encryption', async () => {
  const { id, token } = await project(false);
  const unprotected: string[] = [];
  const upload = (address?: StoreAddress) => {
    const objectStore = { put, onUnprotected: (store: string) => unprotected.push(store), ...(address && { address }) };
    return service().upload(id, token, { clks }, { objectStore });
  };
  giveLeave(credentials, 'store.invalid:9000');
  await expect(upload()).rejects.toThrow(/^http:\/\/store\.invalid:9000 cannot be reached/);
  expect(unprotected).toEqual(['http://store.invalid:9000']);
  giveLeave(credentials, 'store.invalid:9000');
  await expect(upload({ endpoint: 'other.invalid', secure: true })).rejects.toThrow('https://other.invalid cannot');
  // Within this computer nobody listens.
  giveLeave();
  stub.answerNext(201, JSON.stringify({ message: 'Updated', receipt_token: 'r' }));
  await upload();
  expect(unprotected).toHaveLength(1);
});

it.each([
  ['2026/05/Zx', true],
  ['with blanks +/ä/.hidden/..x', true],
  ['a/../b', false],
  ['..', false],
  ['a/.', false],
  ['/a', false],
  ['', false],
  ['a\nb', false],
])('takes %j as the place of files: %s', (path, taken) => {
  const upload = { endpoint: 'minio', bucket: 'uploads', path };
  expect('data' in checked(uploadLeave, { credentials, upload })).toBe(taken);
});

it.each([
  ['minio:9000', { endpoint: 'minio:9000' }],
  ['https://store.example/', { endpoint: 'store.example', secure: true }],
  ['HTTP://10.0.0.1:9000', { endpoint: '10.0.0.1:9000', secure: false }],
  ['[::1]:9000', { endpoint: '[::1]:9000' }],
  ['https://store.example/bucket', undefined],
  ['ftp://store.example', undefined],
  ['https://me:secret@store.example', undefined],
  ['store.example:99999', undefined],
  ['', undefined],
])('reads %s as the address of a store', (text, address) => {
  expect(readStoreAddress(text)).toEqual(address);
});
