import type { RequestHandler } from 'express';
import type { NetConfig } from '../net/room-api.ts';

/** Signalling sockets the page may open: on the host that served it, and on a configured other one. */
function socketSources(requestHost: string | undefined, signalling: NetConfig['signalling']): string[] {
  const hosts = [];
  // Not every browser counts sockets of the same host as 'self'.
  if (requestHost !== undefined && /^[A-Za-z0-9.:[\]-]+$/.test(requestHost)) hosts.push(requestHost);
  const { host, port } = signalling;
  if (host !== undefined) hosts.push(port === undefined ? host : `${host}:${port}`);
  else if (port !== undefined && requestHost !== undefined) {
    hosts.push(...hosts.map((known) => `${known.replace(/:\d+$/, '')}:${port}`));
  }
  return hosts.flatMap((name) => [`ws://${name}`, `wss://${name}`]);
}

/**
 * The Content-Security-Policy of every page: nothing from other origins but the signalling sockets.
 * @param services origins of entity services, where whoever hosts the page allows some
 */
export function contentSecurityPolicy(
  requestHost: string | undefined,
  signalling: NetConfig['signalling'],
  services: readonly string[] = [],
): string {
  const connect = ["'self'", ...socketSources(requestHost, signalling), ...services].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/** Headers that keep the page to itself, on every answer. */
export function securityHeaders({ signalling, entityService }: NetConfig): RequestHandler {
  return (request, response, next) => {
    response.set({
      'Content-Security-Policy': contentSecurityPolicy(request.headers.host, signalling, entityService),
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()',
    });
    next();
  };
}
