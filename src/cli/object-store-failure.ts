import { S3ServiceException } from '@aws-sdk/client-s3';
import { answerWords, redirectTarget } from '../entity-service/answer-words.ts';
import type { StoreFile } from '../entity-service/entity-service.ts';
import { networkReason } from '../entity-service/network-words.ts';
import { ServiceError } from '../entity-service/service-error.ts';

const ASK = 'Ask who runs the service';

/** What to do, by the codes of S3. */
const ADVICE: Readonly<Record<string, string>> = {
  RequestTimeTooSkewed: 'Set the clock of this computer, which the store finds wrong.',
  ExpiredToken: 'The leave of the service ended before the upload did: try again, or ask for more time.',
  SignatureDoesNotMatch: `${ASK} whether the leave is for this store, and whether a proxy on the way changes what is sent.`,
  InvalidAccessKeyId: `${ASK} whether the leave is for this store.`,
  NoSuchBucket: `${ASK} to make the bucket.`,
};

function adviceOn(code: string, status: number): string {
  const known = ADVICE[code];
  if (known !== undefined) return known;
  if (status === 401 || status === 403) return `${ASK} what the leave allows.`;
  if (status === 429 || status >= 500) return 'The fault is on the side of the store; try later, or ask who runs it.';
  return 'Check the address of the store.';
}

/** The name by which S3 tells a fault, and its words; a store may also answer with a page. */
function detailOf(error: Error): string {
  const words = error instanceof S3ServiceException ? error.message.replace(/[.\s]+$/, '') : '';
  const named = error instanceof S3ServiceException && !/^(?:Unknown|\d+)/.test(error.name) ? error.name : '';
  return answerWords([named, /^Unknown/.test(words) ? '' : words].filter((part) => part !== '').join(': '));
}

/** What AWS's SDK adds to whatever went wrong. */
interface Answered extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number | undefined };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Nothing moved for too long. Its name is none by which AWS's SDK would try again. */
export class StalledError extends Error {
  override readonly name = 'StalledError';
}

/** The status of an answer; undefined where none came. */
export function statusOf(error: unknown): number | undefined {
  const { $metadata }: Answered = error instanceof Error ? error : new Error();
  return $metadata?.httpStatusCode;
}

/** What went wrong on the way of a file into a store, for people. */
export function storeFailure(error: unknown, { store, path }: StoreFile, stalledAfter: number): ServiceError {
  const doing = `the upload of ${path.split('/').at(-1)}`;
  if (!(error instanceof Error))
    return new ServiceError('unreachable', `${store} failed in ${doing}: ${String(error)}.`);
  const { $response }: Answered = error;
  const status = statusOf(error);
  if (status === undefined) {
    if (!(error instanceof StalledError)) {
      const reason = networkReason(error);
      const words = `${store} cannot be reached for ${doing}: ${reason}. Check the address and the network.`;
      return new ServiceError('unreachable', words);
    }
    const words = `Nothing moved for ${stalledAfter / 1000} s in ${doing} to ${store}. Try again later, or give a longer --timeout.`;
    return new ServiceError('timeout', words);
  }
  if (status >= 300 && status < 400) {
    const where =
      redirectTarget($response?.headers?.location, store)?.origin ?? 'another address, which it does not tell';
    const words = `${store} sends ${doing} on to ${where} (status ${status}). Nothing was sent there; if it is the store that you mean, name it by UPLOAD_OBJECT_STORE_SERVER.`;
    return new ServiceError('refused', words, status);
  }
  const detail = detailOf(error);
  const words = `The object store ${store} refused ${doing} (status ${status})${detail === '' ? '' : `: ${detail}`}. ${adviceOn(error.name, status)}`;
  return new ServiceError('refused', words, status);
}
