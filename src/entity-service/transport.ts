/** One HTTP call. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Called as the body leaves. */
  readonly onProgress?: (sent: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly text: string;
}

/** Makes one HTTP call. Rejects when there is no answer. */
export type Transport = (request: ServiceRequest) => Promise<ServiceAnswer>;

const BYTES_A_PIECE = 64 * 1024;

/** A body in pieces, each reported when it is asked for, which is when the one before has been taken. */
function inPieces(
  body: Uint8Array<ArrayBuffer>,
  onProgress: (sent: number, total: number) => void,
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream(
    {
      pull: (controller) => {
        if (at >= body.length) {
          controller.close();
          return;
        }
        const piece = body.subarray(at, at + BYTES_A_PIECE);
        at += piece.length;
        controller.enqueue(piece);
        onProgress(at, body.length);
      },
    },
    { highWaterMark: 0 },
  );
}

/** By `fetch`. Progress is told in Node only: browsers stream bodies over HTTP/2 alone. */
export const fetchTransport: Transport = async ({ method, url, headers, body, onProgress, signal }) => {
  const streamed = body && onProgress;
  const response = await fetch(url, {
    method,
    headers: streamed ? { ...headers, 'Content-Length': String(body.length) } : headers,
    ...(streamed ? { body: inPieces(body, onProgress), duplex: 'half' } : body ? { body } : {}),
    ...(signal ? { signal } : {}),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
  });
  return { status: response.status, text: await response.text() };
};

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
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new TypeError('the connection failed'));
    request.onabort = () => reject(signal?.reason);
    request.onloadend = () => signal?.removeEventListener('abort', stop);
    if (onProgress) request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.send(body ?? null);
  });

/** The way to make this call here: `fetch`, but for uploads with progress from a page. */
export const usualTransport: Transport = (request) =>
  request.onProgress && typeof XMLHttpRequest === 'function' ? pageTransport(request) : fetchTransport(request);
