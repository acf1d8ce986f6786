import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { bodyPieces, type Transport } from '../entity-service/transport.ts';
import type { Terminal } from './terminal.ts';

/** A header that may stand several times: its first value. */
export function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** What makes the connections of a command. */
export type OpenDispatcher = () => Promise<Dispatcher>;

/**
 * Connections through the proxies that the environment names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY, in small letters too), and
 * without undici's own limits of five minutes, which would end long uploads.
 */
export function dispatcherFor(environment: Terminal['environment']): OpenDispatcher {
  const variable = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  let dispatcher: Dispatcher | undefined;
  return async () => {
    // Loaded only here: commands without a service start faster.
    const { EnvHttpProxyAgent } = await import('undici');
    dispatcher ??= new EnvHttpProxyAgent({
      httpProxy: variable('HTTP_PROXY'),
      httpsProxy: variable('HTTPS_PROXY') || variable('HTTP_PROXY'),
      noProxy: variable('NO_PROXY'),
      // As proxies are used to: a tunnel for HTTPS only.
      proxyTunnel: false,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    return dispatcher;
  };
}

/** HTTP by undici. */
export function createNodeTransport(environment: Terminal['environment']): Transport {
  const open = dispatcherFor(environment);
  return async ({ method, url, headers, body, onProgress = () => {}, receive, signal }) => {
    const dispatcher = await open();
    const { request } = await import('undici');
    const response = await request(url, {
      dispatcher,
      method,
      headers: body ? { ...headers, 'content-length': String(body.size) } : headers,
      ...(body ? { body: Readable.from(bodyPieces(body, onProgress), { objectMode: true, highWaterMark: 1 }) } : {}),
      ...(signal ? { signal } : {}),
    });
    const stop = (): void => {
      response.body.destroy(signal?.reason instanceof Error ? signal.reason : undefined);
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const decoder = new TextDecoder();
      let text = '';
      for await (const part of response.body) {
        if (receive && response.statusCode === 200) await receive(part);
        else text += decoder.decode(part, { stream: true });
      }
      signal?.throwIfAborted();
      return {
        status: response.statusCode,
        text: text + decoder.decode(),
        retryAfter: firstOf(response.headers['retry-after']),
        location: firstOf(response.headers.location),
      };
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  };
}
