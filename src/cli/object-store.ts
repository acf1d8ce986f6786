/**
 * Puts files into object stores that speak S3 (MinIO, Ceph, Swift, AWS), by AWS's SDK over the connections of this program. A file
 * goes in parts that are signed, and repeated where that fails; a clock that is off is set right by what the store says.
 */
import { Readable } from 'node:stream';
import { AbortMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { buildQueryString, type HttpRequest } from '@smithy/core/protocols';
import { request } from 'undici';
import type { PutFile, PutOptions, StoreFile } from '../entity-service/entity-service.ts';
import { storeFailure } from './object-store-failure.ts';
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

/** Ends what is sent when the signal aborts, and each request that takes too long; what takes back goes on. */
function createHandler(open: OpenDispatcher, partWithin: number, signal: AbortSignal | undefined) {
  return {
    async handle({ protocol, hostname, port, method, path, query, headers: all, body }: HttpRequest) {
      const { host: _, ...headers } = all;
      const taking = method === 'DELETE';
      const inTime = AbortSignal.timeout(taking ? TAKE_BACK_MS : partWithin);
      const words = buildQueryString(query);
      const origin = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
      const answer = await request(`${origin}${path}${words === '' ? '' : `?${words}`}`, {
        dispatcher: await open(),
        method: method as 'PUT',
        headers,
        body,
        signal: signal && !taking ? AbortSignal.any([signal, inTime]) : inTime,
      });
      return { response: { statusCode: answer.statusCode, headers: plain(answer.headers), body: answer.body } };
    },
  };
}

/** Headers, of those that stand several times the first. */
function plain(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) plain[name] = firstOf(value) ?? '';
  return plain;
}

function clientOf({ store, credentials }: StoreFile, requestHandler: ReturnType<typeof createHandler>): S3Client {
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
    requestHandler,
  });
}

async function send(client: S3Client, file: StoreFile, { onProgress }: PutOptions): Promise<void> {
  const { bucket: Bucket, path: Key, body, metadata: Metadata } = file;
  const upload = new Upload({
    client,
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
    const { uploadId: UploadId } = upload;
    // Leave to put a file may not be leave to take it back; then the store clears away what is unfinished in its own time.
    if (UploadId !== undefined)
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => {});
    throw error;
  }
}

/** @param partWithin milliseconds in which a part must arrive */
export function storeWriter(open: OpenDispatcher, partWithin: number): PutFile {
  return async (file, options) => {
    const client = clientOf(file, createHandler(open, partWithin, options.signal));
    try {
      await send(client, file, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw storeFailure(error, file, partWithin);
    } finally {
      client.destroy();
    }
  };
}
