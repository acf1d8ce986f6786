/**
 * Uploads by way of the object store (MinIO, S3) of a service, as anonlink-client makes them: the service gives leave for a while
 * (`/authorize-external-upload`), the files go to the store, and the service is told where they lie.
 */
import { type BlockIdsOf, clkFileText } from '../clk/clk-file.ts';
import { pythonJson } from '../python/json.ts';
import { t } from '../words/translate.ts';
import { type UploadLeave, type UploadReceipt, uploadLeave, uploadReceipt } from './answers.ts';
import type { Ask } from './caller.ts';
import type { TakeBack, UploadFile, UploadOptions } from './entity-service.ts';
import { ServiceError } from './service-error.ts';
import { leavesComputer, type StoreAddress } from './store-address.ts';
import { textBody } from './transport.ts';

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

/** Sends CLKs, and their blocks, by way of the object store. @throws ServiceError, also where the service has none */
export async function uploadToStore(
  ask: Ask,
  project: string,
  token: string,
  { clks, blocks }: UploadFile,
  { objectStore, onProgress, signal }: UploadOptions & Required<Pick<UploadOptions, 'objectStore'>>,
): Promise<UploadReceipt> {
  const doing = t('leave to upload to its object store');
  const path = `${project}/authorize-external-upload`;
  const { credentials, upload } = await ask(uploadLeave, {
    doing,
    method: 'GET',
    path,
    token,
    expected: [200, 201],
    signal,
  });
  const store = storeOf(upload, objectStore.address);
  if (store.startsWith('http:') && leavesComputer(store)) objectStore.onUnprotected?.(store);
  const files: [name: string, takeBack: TakeBack][] = [];
  const undo = async (): Promise<void> => {
    for (const [name, takeBack] of files) if (!(await takeBack())) objectStore.onLeft?.(store, name);
  };
  const put = async (name: string, text: () => Iterable<string>, metadata: Readonly<Record<string, string>>) => {
    const file = { bucket: upload.bucket, path: `${upload.path}/${name}` };
    const sent = { store, credentials, ...file, body: textBody(text), metadata };
    files.push([name, await objectStore.put(sent, { onProgress, signal })]);
    return { file, credentials };
  };
  let telling = false;
  const about = { 'hash-count': String(clks.rows), 'hash-size': String(clks.bytesPerClk) };
  try {
    const encodings = await put('encodings.json', () => clkFileText(clks), about);
    const blocksOf = typeof blocks === 'function' ? blocks : blocks && ((row: number) => blocks[row] ?? []);
    const blocked = blocksOf && (await put('blocks.json', () => blockFileText(clks.rows, blocksOf), {}));
    const json = { encodings, ...(blocked ? { blocks: blocked } : {}) };
    const told = { doing: t('the place of the upload'), method: 'POST' as const, path: `${project}/clks`, token, json };
    telling = true;
    return await ask(uploadReceipt, { ...told, expected: [201], signal });
  } catch (error) {
    if (!telling || isNoTaking(error)) await undo();
    else for (const [name] of files) objectStore.onLeft?.(store, name);
    throw error;
  }
}

/** Whether a service surely took nothing. Otherwise it may be reading the files already. */
function isNoTaking(error: unknown): boolean {
  if (!(error instanceof ServiceError)) return false;
  return error.failure === 'too-frequent' || (error.failure === 'refused' && (error.status ?? 500) < 500);
}
