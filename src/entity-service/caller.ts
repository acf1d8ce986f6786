import type { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { t } from '../words/translate.ts';
import { answerWords, redirectTarget } from './answer-words.ts';
import { problem } from './answers.ts';
import { networkReason } from './network-words.ts';
import { ServiceError } from './service-error.ts';
import {
  bytesBody,
  type RequestBody,
  type ServiceAnswer,
  type ServiceRequest,
  TOO_OFTEN,
  type Transport,
  usualTransport,
} from './transport.ts';
import { createDeadline, sleep, toldWait, USUAL_WAITING, type WaitingOptions, waits } from './waiting.ts';

export interface CallerOptions {
  readonly waiting?: WaitingOptions;
  /** Milliseconds in which an answer must come whole, uploads and results excepted. 20,000 unless given. */
  readonly answerWithin?: number;
  /** Milliseconds in which some byte of an upload or a result must move. An hour unless given. */
  readonly stalledAfter?: number;
  /** Waits between tries; for tests. */
  readonly pause?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
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
  readonly body?: RequestBody;
  /** Statuses that mean success. */
  readonly expected: readonly number[];
  readonly onProgress?: (sent: number, total: number) => void;
  /** Takes the answer part by part where it is what was asked for. */
  readonly receive?: (part: Uint8Array) => Promise<void>;
  /** Whether the answer may take longer than the usual time, as large results do. */
  readonly unhurried?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Makes calls to one service: waits and tries again while it is too busy, and puts failures into plain words. */
export type Caller = (call: Call) => Promise<ServiceAnswer>;

const ANSWER_WITHIN_MS = 20_000;
/** Milliseconds in which some byte of an upload or a result must move, unless it is said. */
export const STALLED_AFTER_MS = 3_600_000;

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
      t('"{{address}}" is no address. Write it whole, as https://linkage.example.org.', { address: trimmed }),
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ServiceError(
      'unreachable',
      t('"{{address}}" must start with https:// or http://.', { address: trimmed }),
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    // The address is not shown: a password may be in it.
    throw new ServiceError(
      'unreachable',
      t('The address of a service ends with its path. Leave user, password, ? and # out of it.'),
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
}

function advice(status: number): string {
  if (status === 400) return t('Check what was sent.');
  if (status === 401 || status === 403) return t('Check the token: each project and each role has its own.');
  if (status === 404)
    return t('Check the address and the identifiers; what was asked for may be deleted, or not ready yet.');
  if (status === 413) return t('The upload is larger than the service accepts.');
  if (status >= 500) return t('The fault is on the side of the service; try later, or ask who runs it.');
  return t('Check the address of the service.');
}

function detailOf(text: string): string {
  const json = readJson(text);
  const parsed = 'data' in json ? checked(problem, json.data) : json;
  // Where it is not JSON, the text itself is shown.
  const words = 'data' in parsed ? (parsed.data.detail ?? parsed.data.title) : undefined;
  return answerWords(words || text.replace(/<[^>]*>/g, ' '));
}

function refusal({ doing }: Call, { status, text }: ServiceAnswer): ServiceError {
  const detail = detailOf(text);
  const places = { doing, status, advice: advice(status) };
  const said = detail
    ? t('The service refused {{doing}} (status {{status}}): {{detail}}. {{advice}}', {
        ...places,
        detail: detail.replace(/[.\s]+$/, ''),
      })
    : t('The service refused {{doing}} (status {{status}}). {{advice}}', places);
  return new ServiceError('refused', said, status, text);
}

function redirection({ doing }: Call, address: string, { status, location }: ServiceAnswer): ServiceError {
  const told = redirectTarget(location, `${address}/`)?.href.replace(/\/api\/v1(\/.*)?$/, '');
  const target = told ?? t('another address, which the browser does not tell');
  return new ServiceError(
    'refused',
    t(
      '{{address}} sends {{doing}} on to {{target}} (status {{status}}). Nothing was sent there; if it is the service that you mean, give its address.',
      { address, doing, target, status },
    ),
    status,
  );
}

/** What is sent of a call: `moved` is called whenever a byte of an upload or of the answer's parts has moved. */
function requestOf(call: Call, address: string, moved: () => void, signal: AbortSignal): ServiceRequest {
  const { onProgress, receive } = call;
  const body = call.json === undefined ? call.body : bytesBody(new TextEncoder().encode(JSON.stringify(call.json)));
  const watched = (sent: number, total: number) => {
    moved();
    onProgress?.(sent, total);
  };
  const received = (part: Uint8Array) => {
    moved();
    return receive?.(part) ?? Promise.resolve();
  };
  return {
    method: call.method,
    url: `${address}/api/v1${call.path}`,
    headers: {
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(call.token === undefined ? {} : { Authorization: call.token }),
    },
    ...(body ? { body } : {}),
    ...(call.body ? { onProgress: watched } : {}),
    ...(receive ? { receive: received } : {}),
    signal,
  };
}

function unreachable({ doing }: Call, address: string, error: unknown): ServiceError {
  const places = { address, doing, reason: networkReason(error) };
  return new ServiceError(
    'unreachable',
    typeof document === 'undefined'
      ? t('{{address}} cannot be reached for {{doing}}: {{reason}}. Check the address and the network.', places)
      : t(
          '{{address}} cannot be reached for {{doing}}: {{reason}}. Check the address and the network, and that the service allows requests from web pages (CORS).',
          places,
        ),
  );
}

/** Makes a call once. */
function createSender(address: string, options: CallerOptions): (call: Call) => Promise<ServiceAnswer> {
  const { transport = usualTransport, answerWithin = ANSWER_WITHIN_MS, stalledAfter = STALLED_AFTER_MS } = options;
  return async (call) => {
    const unhurried = call.body !== undefined || call.unhurried === true;
    const deadline = createDeadline(unhurried ? stalledAfter : answerWithin, call.signal);
    const moved = unhurried ? deadline.restart : () => {};
    try {
      return await transport(requestOf(call, address, moved, deadline.signal));
    } catch (error) {
      call.signal?.throwIfAborted();
      if (!deadline.passed()) throw unreachable(call, address, error);
      const places = { address, doing: call.doing };
      const words = unhurried
        ? t('Nothing moved for {{seconds}} s in {{doing}} with {{address}}. Try again later.', {
            ...places,
            seconds: stalledAfter / 1000,
          })
        : t('{{address}} gave no whole answer in {{seconds}} s to {{doing}}. Try again later.', {
            ...places,
            seconds: answerWithin / 1000,
          });
      throw new ServiceError('timeout', words);
    } finally {
      deadline.end();
    }
  };
}

/**
 * A caller of the service at an address.
 * @param address as {@link serviceAddress} gives it
 */
export function createCaller(address: string, options: CallerOptions = {}): Caller {
  const { pause: wait = sleep } = options;
  const waiting = { ...USUAL_WAITING, ...options.waiting };
  const once = createSender(address, options);
  return async (call) => {
    const pauses = waits(waiting);
    let told = 0;
    for (;;) {
      const answer = await once(call);
      const { status } = answer;
      if (call.expected.includes(status)) return answer;
      if (status >= 300 && status < 400) throw redirection(call, address, answer);
      if (!TOO_OFTEN.includes(status)) throw refusal(call, answer);
      const asked = toldWait(answer.retryAfter, Date.now());
      told += asked ?? 0;
      const pause = asked === undefined ? pauses.next().value : told <= waiting.asTold ? asked : undefined;
      if (pause === undefined) {
        throw new ServiceError(
          'too-frequent',
          t(
            'The service says that it is asked too often (status {{status}}), still after {{seconds}} s of waiting, for {{doing}}. {{when}}',
            {
              status,
              seconds: waiting.giveUpAfter / 1000,
              doing: call.doing,
              when:
                asked === undefined
                  ? t('Try again later.')
                  : t('It asks for {{seconds}} s of patience.', { seconds: Math.ceil(asked / 1000) }),
            },
          ),
          status,
          answer.text,
        );
      }
      await wait(pause, call.signal);
    }
  };
}

/**
 * Parses an answer.
 * @throws ServiceError when it is not JSON, or not of the schema
 */
export function parseAnswer<T>(
  schema: z.ZodType<T>,
  { status, text }: Pick<ServiceAnswer, 'status' | 'text'>,
  doing: string,
): T {
  const json = readJson(text);
  if ('problem' in json) {
    throw new ServiceError(
      'unexpected-answer',
      t('The answer to {{doing}} is not JSON: "{{answer}}". Check that the address is that of an entity service.', {
        doing,
        answer: detailOf(text),
      }),
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
    t(
      'The answer to {{doing}} is not as the interface of entity services says ({{problem}}). The service may be of another version.',
      { doing, problem: answerWords(`${place}${issue?.message ?? ''}`) },
    ),
    status,
    text,
  );
}

/** Makes a call and parses its answer by a schema. */
export type Ask = <T>(schema: z.ZodType<T>, call: Call) => Promise<T>;

export function askWith(call: Caller): Ask {
  return async (schema, made) => parseAnswer(schema, await call(made), made.doing);
}

/** The path of a project, or of one of its runs. */
export function pathOf(project: string, run?: string): string {
  const path = `/projects/${encodeURIComponent(project)}`;
  return run === undefined ? path : `${path}/runs/${encodeURIComponent(run)}`;
}
