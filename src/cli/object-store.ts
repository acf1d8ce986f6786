/**
 * Puts files into object stores that speak S3 (MinIO, Ceph, Swift, AWS), by AWS's SDK over the connections of this program. A file
 * goes in parts that are signed, and repeated where that fails; a clock that is off is set right by what the store says.
 */
import { Readable } from 'node:stream';
import { AbortMultipartUploadCommand, DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { buildQueryString, type HttpRequest } from '@smithy/core/protocols';
import { request } from 'undici';
import type { PutFile, PutOptions, StoreFile } from '../entity-service/entity-service.ts';
import { bodyPieces, bytesBody } from '../entity-service/transport.ts';
import { createDeadline } from '../entity-service/waiting.ts';
import { StalledError, statusOf, storeFailure } from './object-store-failure.ts';
import { firstOf, type OpenDispatcher } from './service-transport.ts';

/** What the family's clients name as the region, whatever the store. */
const REGION = 'us-east-1';
/** Bytes of a part. S3 takes no fewer than 5 MiB, but for the last. */
const PART_BYTES = 8 * 1024 ** 2;
/** Parts of a file that S3 takes. */
const MAX_PARTS = 10_000;
/** Parts that are on their way, and in memory. */
const PARTS_AT_ONCE = 3;
const TRIES = 5;
/** For taking back what was sent. */
const TAKE_BACK_MS = 20_000;

/** Stores that take buckets as hosts, by which MinIO's clients address them; others have the bucket in the path. */
const BUCKETS_ARE_HOSTS = /\.(?:amazonaws\.com(?:\.cn)?|aliyuncs\.com)$/;

/** Requests of one file. */
interface Handler {
  handle(
    request: HttpRequest,
  ): Promise<{ response: { statusCode: number; headers: Record<string, string>; body: Readable } }>;
  /** Whether any byte of a body was sent. */
  hasSent(): boolean;
  /** Waits until none is on its way. */
  settled(): Promise<void>;
}

/** The SDK gives parts as bytes, and what it writes itself as text. */
function bytesOf(body: unknown): Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array && body.buffer instanceof ArrayBuffer)
    return new Uint8Array(body.buffer, body.byteOffset, body.length);
  return new TextEncoder().encode(String(body ?? ''));
}

/** Ends what is sent when the signal aborts, and each request of which nothing moves; what takes back goes on. */
function createHandler(open: OpenDispatcher, stalledAfter: number, signal: AbortSignal): Handler {
  const underWay = new Set<Promise<unknown>>();
  let sent = false;
  const handle = async ({ protocol, hostname, port, method, path, query, headers: all, body }: HttpRequest) => {
    const { host: _, ...headers } = all;
    const words = buildQueryString(query);
    const origin = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
    const takesBack = method === 'DELETE';
    const deadline = takesBack
      ? createDeadline(Math.min(TAKE_BACK_MS, stalledAfter))
      : createDeadline(stalledAfter, signal);
    const pieces = bodyPieces(bytesBody(bytesOf(body)), () => {
      sent = true;
      deadline.restart();
    });
    try {
      const answer = await request(`${origin}${path}${words === '' ? '' : `?${words}`}`, {
        dispatcher: await open(),
        method: method as 'PUT',
        headers,
        body: method === 'PUT' || body ? Readable.from(pieces, { objectMode: true, highWaterMark: 1 }) : null,
        signal: deadline.signal,
      });
      const bytes = await answer.body.bytes();
      return {
        response: { statusCode: answer.statusCode, headers: plain(answer.headers), body: Readable.from([bytes]) },
      };
    } catch (error) {
      throw deadline.passed() ? new StalledError('nothing moved') : error;
    } finally {
      deadline.end();
    }
  };
  return {
    handle: (asked) => {
      const work = handle(asked);
      const noted: Promise<unknown> = work.then(
        () => underWay.delete(noted),
        () => underWay.delete(noted),
      );
      underWay.add(noted);
      return work;
    },
    hasSent: () => sent,
    settled: async () => {
      await Promise.all(underWay);
    },
  };
}

/** Headers, of those that stand several times the first. */
function plain(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) plain[name] = firstOf(value) ?? '';
  return plain;
}

function clientOf({ store, credentials }: StoreFile, requestHandler: Handler): S3Client {
  // The SDK would tell people of this program's Node what is not theirs to mend.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  return new S3Client({
    endpoint: store,
    region: REGION,
    forcePathStyle: !BUCKETS_ARE_HOSTS.test(new URL(store).hostname),
    credentials: {
      accessKeyId: credentials.AccessKeyId,
      secretAccessKey: credentials.SecretAccessKey,
      sessionToken: credentials.SessionToken,
    },
    maxAttempts: TRIES,
    // Stores other than AWS's know no further checksums. The hash of what is sent is signed anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    // Nothing of this machine's settings for AWS.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    retryMode: 'standard',
    defaultsMode: 'standard',
    authSchemePreference: ['sigv4'],
    sigv4aSigningRegionSet: [REGION],
    userAgentAppId: async () => undefined,
    disableS3ExpressSessionAuth: true,
    useArnRegion: false,
    requestHandler,
  });
}

/** Has a listener called with every error of a client that is not mended by repeating. */
function onFailure(client: S3Client, listener: (error: unknown) => void): void {
  client.middlewareStack.add(
    (next) => async (asked) => {
      try {
        return await next(asked);
      } catch (error) {
        listener(error);
        throw error;
      }
    },
    { step: 'initialize' },
  );
}

/** @returns whether the store did so */
function remove(client: S3Client, { bucket: Bucket, path: Key }: StoreFile): Promise<boolean> {
  return client.send(new DeleteObjectCommand({ Bucket, Key })).then(
    () => true,
    () => false,
  );
}

async function send(open: OpenDispatcher, stalledAfter: number, file: StoreFile, options: PutOptions): Promise<void> {
  const { bucket: Bucket, path: Key, body, metadata: Metadata } = file;
  const { onProgress, signal } = options;
  const stop = new AbortController();
  const handler = createHandler(open, stalledAfter, signal ? AbortSignal.any([signal, stop.signal]) : stop.signal);
  const client = clientOf(file, handler);
  let first: unknown;
  onFailure(client, (error) => {
    first ??= error;
    stop.abort();
  });
  const upload = new Upload({
    client,
    abortController: stop,
    partSize: Math.max(PART_BYTES, Math.ceil(body.size / MAX_PARTS)),
    queueSize: PARTS_AT_ONCE,
    leavePartsOnError: true,
    params: {
      Bucket,
      Key,
      Metadata,
      ContentType: 'application/json',
      ContentLength: body.size,
      Body: Readable.from(body.parts(), { objectMode: true, highWaterMark: 1 }),
    },
  });
  if (onProgress) upload.on('httpUploadProgress', ({ loaded = 0 }) => onProgress(loaded, body.size));
  try {
    await upload.done();
  } catch (error) {
    const failure = first ?? error;
    stop.abort();
    // A part that came after the upload was taken back would stay.
    await handler.settled();
    const { uploadId: UploadId } = upload;
    // Leave to put a file may not be leave to take it back; then the store clears away what is unfinished in its own time.
    if (UploadId !== undefined)
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => {});
    // Where no answer came, or none that says what was done, the file may have come whole.
    if ((statusOf(failure) ?? 500) >= 500 && handler.hasSent()) await remove(client, file);
    throw failure;
  } finally {
    client.destroy();
  }
}

/** @param stalledAfter milliseconds in which some byte of a request must move */
export function storeWriter(open: OpenDispatcher, stalledAfter: number): PutFile {
  return async (file, options) => {
    try {
      await send(open, stalledAfter, file, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw storeFailure(error, file, stalledAfter);
    }
    return async () => {
      const client = clientOf(file, createHandler(open, stalledAfter, new AbortController().signal));
      return remove(client, file).finally(() => client.destroy());
    };
  };
}
