import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { contentSecurityPolicy } from './headers.ts';
import { portFrom } from './serve.ts';
import { type RunningServer, startServer } from './server.ts';

const dist = mkdtempSync(join(tmpdir(), 'blindjoin-dist-'));
let server: RunningServer;

beforeAll(async () => {
  mkdirSync(join(dist, 'assets'));
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(join(dist, 'config.json'), '{}');
  writeFileSync(join(dist, 'assets', 'seal-1a2b.wasm'), new Uint8Array([0, 97, 115, 109]));
  writeFileSync(join(dist, 'assets', 'app-1a2b.js'), 'export {};\n'.repeat(1000));
  server = await startServer({ port: 0, host: '127.0.0.1', dist });
});

afterAll(async () => {
  await server.close();
  rmSync(dist, { recursive: true });
});

function socketAt(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`);
    socket.on('message', (data) => {
      socket.terminate();
      resolve(String(data));
    });
    socket.on('error', reject);
  });
}

describe('server', () => {
  it('serves the page with headers that keep it to itself', async () => {
    const { headers, status } = await fetch(server.url);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain(`ws://127.0.0.1:${server.port}`);
    expect(headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('serves WebAssembly as such, hashed files for a year, scripts compressed', async () => {
    const wasm = await fetch(`${server.url}assets/seal-1a2b.wasm`);
    expect(wasm.headers.get('content-type')).toBe('application/wasm');
    expect(wasm.headers.get('cache-control')).toContain('immutable');
    const script = await fetch(`${server.url}assets/app-1a2b.js`, { headers: { 'Accept-Encoding': 'br' } });
    expect(script.headers.get('content-encoding')).toBe('br');
    expect(script.headers.get('content-type')).toContain('javascript');
  });

  it('has signalling on the same port, and no list of who is there', async () => {
    expect(await socketAt('/signal/peerjs?key=peerjs&id=abc&token=t')).toContain('OPEN');
    expect((await fetch(`${server.url}signal/peerjs/peers`)).status).toBe(401);
  });

  it('refuses sockets elsewhere, unknown paths, and paths out of the folder', async () => {
    await expect(socketAt('/other')).rejects.toThrow();
    expect((await fetch(`${server.url}nothing`)).status).toBe(404);
    const status = await new Promise((resolve) => {
      request({ port: server.port, host: '127.0.0.1', path: '/../../etc/passwd' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBeGreaterThanOrEqual(400);
  });

  const oddSocket = async (id: string = crypto.randomUUID()) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/signal/peerjs?key=peerjs&id=${id}&token=t`);
    await new Promise((resolve) => socket.once('message', resolve));
    return socket;
  };

  it.each([
    '',
    'null',
    '[]',
    '\u0000',
    '{"type":"OFFER","dst":{"a":1}}',
    // No text can be made of it, which PeerServer tries seconds later.
    '{"type":"OFFER","dst":{"toString":1,"valueOf":1}}',
    '{"type":"__proto__"}',
    '['.repeat(60_000),
    'x'.repeat(100_000),
  ])('closes a socket that says what makes no sense: %.40s', async (text) => {
    const socket = await oddSocket();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send(text);
    await closed;
    expect((await fetch(server.url)).status).toBe(200);
  });

  it('passes on what pages say to each other', async () => {
    const socket = await oddSocket('odd');
    socket.send('{"type":"HEARTBEAT"}');
    const said = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
    socket.send('{"type":"OFFER","dst":"odd","payload":{"sdp":{"type":"offer"}}}');
    expect(await said).toEqual({ type: 'OFFER', src: 'odd', dst: 'odd', payload: { sdp: { type: 'offer' } } });
    socket.terminate();
  });

  it.each(['//', '//[', 'http://', '/\\\\', '*'])('outlives a socket at an address that is none: %s', async (path) => {
    const socket = connect(server.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
    await closed;
    expect((await fetch(server.url)).status).toBe(200);
  });

  it('says when its port is taken', async () => {
    await expect(startServer({ port: server.port, host: '127.0.0.1', dist })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

describe('content security policy', () => {
  it('names a configured signalling server', () => {
    expect(contentSecurityPolicy('a.org', { host: 'b.org', port: 9, path: '/' })).toContain(
      "connect-src 'self' ws://a.org wss://a.org ws://b.org:9 wss://b.org:9;",
    );
    expect(contentSecurityPolicy('a.org', { path: '/' }, ['https://linkage.org'])).toMatch(
      /connect-src [^;]* https:\/\/linkage\.org;/,
    );
    expect(contentSecurityPolicy('a.org:1', { port: 9, path: '/' })).toContain('wss://a.org:9');
  });

  it('takes no nonsense from a Host header', () => {
    expect(contentSecurityPolicy("x; script-src 'unsafe-inline'", { path: '/' })).toContain("connect-src 'self';");
  });
});

describe('start', () => {
  it('takes the port from the argument, then the environment', () => {
    expect(portFrom('81', '82')).toBe(81);
    expect(portFrom(undefined, '82')).toBe(82);
    expect(portFrom(undefined, undefined)).toBeUndefined();
    expect(() => portFrom('80a', undefined)).toThrow(/no port/);
  });
});
