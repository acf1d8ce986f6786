import { t } from '../words/translate.ts';

/** What is sent, in parts, for bodies longer than memory should hold twice. */
export interface RequestBody {
  /** Bytes in all. */
  readonly size: number;
  /** From the start, each time it is asked for. */
  parts(): Iterable<Uint8Array<ArrayBuffer>>;
}

/** One HTTP call. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  /** Called as the body leaves. */
  readonly onProgress?: (sent: number, total: number) => void;
  /** Takes the answer's bytes part by part where its status is 200; its text is then empty. */
  readonly receive?: (part: Uint8Array) => Promise<void>;
  /** Ends the call, its answer's body included. */
  readonly signal?: AbortSignal;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly text: string;
  /** The header Retry-After, as it stands. */
  readonly retryAfter?: string | undefined;
  /** The header Location, as it stands: where a redirect leads. */
  readonly location?: string | undefined;
}

/** Makes one HTTP call and follows no redirect. Rejects when there is no answer. */
export type Transport = (request: ServiceRequest) => Promise<ServiceAnswer>;

/** A body of bytes that are there already. */
export function bytesBody(bytes: Uint8Array<ArrayBuffer>): RequestBody {
  return { size: bytes.length, parts: () => [bytes] };
}

/** A body of an ASCII text that is made part by part, twice: to know its length, and to send it. */
export function textBody(texts: () => Iterable<string>): RequestBody {
  const encoder = new TextEncoder();
  let size = 0;
  for (const text of texts()) size += text.length;
  return {
    size,
    *parts() {
      for (const text of texts()) yield encoder.encode(text);
    },
  };
}

const BYTES_A_PIECE = 64 * 1024;

/** A body in pieces, each reported when it is asked for, which is when the one before has been taken. */
export function* bodyPieces(
  body: RequestBody,
  onProgress: (sent: number, total: number) => void,
): Generator<Uint8Array<ArrayBuffer>> {
  let sent = 0;
  for (const part of body.parts()) {
    for (let at = 0; at < part.length; at += BYTES_A_PIECE) {
      const piece = part.subarray(at, at + BYTES_A_PIECE);
      sent += piece.length;
      yield piece;
      onProgress(sent, body.size);
    }
  }
}

function inPieces(body: RequestBody, onProgress: (sent: number, total: number) => void): ReadableStream<Uint8Array> {
  const pieces = bodyPieces(body, onProgress);
  return new ReadableStream(
    {
      pull: (controller) => {
        const next = pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** What a page calls a redirect that it may not look at. */
const SOME_REDIRECT = 302;

/** By `fetch`. Progress is told in Node only: browsers stream bodies over HTTP/2 alone. */
export const fetchTransport: Transport = async ({ method, url, headers, body, onProgress, receive, signal }) => {
  const streamed = body && onProgress && typeof document === 'undefined';
  const response = await fetch(url, {
    method,
    headers: streamed ? { ...headers, 'Content-Length': String(body.size) } : headers,
    ...(streamed
      ? { body: inPieces(body, onProgress), duplex: 'half' }
      : body
        ? { body: new Blob([...body.parts()]) }
        : {}),
    ...(signal ? { signal } : {}),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
  });
  if (response.type === 'opaqueredirect') return { status: SOME_REDIRECT, text: '' };
  const answer = {
    status: response.status,
    retryAfter: response.headers.get('retry-after') ?? undefined,
    location: response.headers.get('location') ?? undefined,
  };
  if (!receive || response.status !== 200 || !response.body) return { ...answer, text: await response.text() };
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { ...answer, text: '' };
    await receive(value);
  }
};

/** Statuses of a service that is asked too often. */
export const TOO_OFTEN: readonly number[] = [429, 503];

/** By `XMLHttpRequest`, which tells in every browser how much of a body has left. */
export const pageTransport: Transport = ({ method, url, headers, body, onProgress, signal }) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    const stop = (): void => request.abort();
    signal?.addEventListener('abort', stop, { once: true });
    request.onload = () =>
      resolve({
        status: request.status,
        text: request.responseText,
        // A browser complains of headers that a service does not show to pages: asked for where it can matter only.
        retryAfter: TOO_OFTEN.includes(request.status)
          ? (request.getResponseHeader('retry-after') ?? undefined)
          : undefined,
      });
    request.onerror = () => reject(new TypeError(t('the connection failed')));
    request.onabort = () => reject(signal?.reason);
    request.onloadend = () => signal?.removeEventListener('abort', stop);
    if (onProgress) request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.send(body ? new Blob([...body.parts()]) : null);
  });

/** The way to make this call here: `fetch`, but for uploads with progress from a page. */
export const usualTransport: Transport = (request) =>
  request.body && request.onProgress && typeof XMLHttpRequest === 'function'
    ? pageTransport(request)
    : fetchTransport(request);
