import type { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { problem } from './answers.ts';
import { ServiceError } from './service-error.ts';
import { type ServiceAnswer, type Transport, usualTransport } from './transport.ts';
import { sleep, USUAL_WAITING, type WaitingOptions, waits } from './waiting.ts';

export interface CallerOptions {
  readonly waiting?: WaitingOptions;
  /** Milliseconds in which an answer must come, uploads and results excepted. 20,000 unless given. */
  readonly answerWithin?: number;
  readonly transport?: Transport;
}

export interface Call {
  /** What is being done, for messages: "creating the project". */
  readonly doing: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the service's address, with a leading slash. */
  readonly path: string;
  readonly token?: string;
  readonly json?: unknown;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that mean success. */
  readonly expected: readonly number[];
  readonly onProgress?: (sent: number, total: number) => void;
  /** Whether the answer may take longer than the usual time, as large results do. */
  readonly unhurried?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Makes calls to one service: waits and tries again while it is too busy, and puts failures into plain words. */
export type Caller = (call: Call) => Promise<ServiceAnswer>;

const ANSWER_WITHIN = 20_000;

/**
 * The address of a service without its `/api/v1` and trailing slashes.
 * @throws ServiceError when it is no http(s) address
 */
export function serviceAddress(text: string): string {
  const trimmed = text.trim();
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    throw new ServiceError(
      'unreachable',
      `"${trimmed}" is no address. Write it whole, as https://linkage.example.org.`,
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ServiceError('unreachable', `"${trimmed}" must start with https:// or http://.`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
}

function advice(status: number): string {
  if (status === 400) return 'Check what was sent.';
  if (status === 401 || status === 403) return 'Check the token: each project and each role has its own.';
  if (status === 404)
    return 'Check the address and the identifiers; what was asked for may be deleted, or not ready yet.';
  if (status === 413) return 'The upload is larger than the service accepts.';
  if (status >= 500) return 'The fault is on the side of the service; try later, or ask who runs it.';
  return 'Check the address of the service.';
}

function detailOf(text: string): string {
  const json = readJson(text);
  const parsed = 'data' in json ? checked(problem, json.data) : json;
  // Where it is not JSON, the text itself is shown.
  const words = 'data' in parsed ? (parsed.data.detail ?? parsed.data.title) : undefined;
  if (words) return words;
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain;
}

function refusal({ doing }: Call, { status, text }: ServiceAnswer): ServiceError {
  const detail = detailOf(text);
  const said = detail ? `: ${detail.replace(/[.\s]+$/, '')}` : '';
  return new ServiceError(
    'refused',
    `The service refused ${doing} (status ${status})${said}. ${advice(status)}`,
    status,
    text,
  );
}

/**
 * A caller of the service at an address.
 * @param address as {@link serviceAddress} gives it
 */
export function createCaller(address: string, options: CallerOptions = {}): Caller {
  const { transport = usualTransport, answerWithin = ANSWER_WITHIN } = options;
  const waiting = { ...USUAL_WAITING, ...options.waiting };

  const once = async (call: Call): Promise<ServiceAnswer> => {
    const body = call.json === undefined ? call.body : new TextEncoder().encode(JSON.stringify(call.json));
    const deadline = call.body || call.unhurried ? undefined : AbortSignal.timeout(answerWithin);
    const signals = [call.signal, deadline].filter((signal) => signal !== undefined);
    try {
      return await transport({
        method: call.method,
        url: `${address}/api/v1${call.path}`,
        headers: {
          ...(body ? { 'Content-Type': 'application/json' } : {}),
          ...call.headers,
          ...(call.token === undefined ? {} : { Authorization: call.token }),
        },
        ...(body ? { body } : {}),
        ...(call.onProgress ? { onProgress: call.onProgress } : {}),
        ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
      });
    } catch (error) {
      call.signal?.throwIfAborted();
      if (deadline?.aborted) {
        const seconds = answerWithin / 1000;
        throw new ServiceError(
          'timeout',
          `${address} gave no answer in ${seconds} s to ${call.doing}. Try again later.`,
        );
      }
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const page =
        typeof document === 'undefined' ? '' : ', and that the service allows requests from web pages (CORS)';
      throw new ServiceError(
        'unreachable',
        `${address} cannot be reached for ${call.doing} (${reason}). Check the address and the network${page}.`,
      );
    }
  };

  return async (call) => {
    const pauses = waits(waiting);
    for (;;) {
      const answer = await once(call);
      if (answer.status !== 503) {
        if (call.expected.includes(answer.status)) return answer;
        throw refusal(call, answer);
      }
      const pause = pauses.next();
      if (pause.done) {
        throw new ServiceError(
          'too-frequent',
          `The service says that it is asked too often (status 503), still after ${waiting.giveUpAfter / 1000} s of waiting, for ${call.doing}. Try again later.`,
          answer.status,
          answer.text,
        );
      }
      await sleep(pause.value, call.signal);
    }
  };
}

/**
 * Parses an answer.
 * @throws ServiceError when it is not JSON, or not of the schema
 */
export function parseAnswer<T>(schema: z.ZodType<T>, { status, text }: ServiceAnswer, doing: string): T {
  const json = readJson(text);
  if ('problem' in json) {
    throw new ServiceError(
      'unexpected-answer',
      `The answer to ${doing} is not JSON: "${detailOf(text)}". Check that the address is that of an entity service.`,
      status,
      text,
    );
  }
  const parsed = checked(schema, json.data);
  if ('data' in parsed) return parsed.data;
  const [issue] = parsed.issues;
  const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new ServiceError(
    'unexpected-answer',
    `The answer to ${doing} is not as the interface of entity services says (${place}${issue?.message ?? ''}). The service may be of another version.`,
    status,
    text,
  );
}
