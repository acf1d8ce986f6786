import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { missingCapabilities } from './capabilities.ts';

beforeEach(() => {
  vi.stubGlobal('RTCPeerConnection', class {});
  vi.stubGlobal('WebAssembly', { validate: () => true });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('a browser that has everything is told nothing', () => {
  expect(missingCapabilities('run')).toEqual([]);
  expect(missingCapabilities('encode')).toEqual([]);
});

it('what encodes on this computer alone is not told of what only runs need', () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  vi.stubGlobal('crypto', {});
  expect(missingCapabilities('run')).toEqual([
    expect.stringContaining('WebRTC is missing'),
    expect.stringContaining('Open it by its https address'),
  ]);
  expect(missingCapabilities('encode')).toEqual([]);
});

it('an older WebAssembly is enough to encode, none is not', () => {
  vi.stubGlobal('WebAssembly', { validate: (module: Uint8Array) => module.byteLength === 8 });
  expect(missingCapabilities('run')).toEqual([expect.stringContaining('cannot run the encryption')]);
  expect(missingCapabilities('encode')).toEqual([]);
  vi.stubGlobal('WebAssembly', undefined);
  expect(missingCapabilities('encode')).toEqual([expect.stringContaining('WebAssembly is missing')]);
});

it('a browser too old for the pages themselves is told so on all of them', () => {
  const { hasOwn } = Object;
  Object.defineProperty(Object, 'hasOwn', { value: undefined, configurable: true, writable: true });
  const told = [missingCapabilities('run'), missingCapabilities('encode')];
  Object.defineProperty(Object, 'hasOwn', { value: hasOwn, configurable: true, writable: true });
  for (const missing of told) expect(missing).toEqual([expect.stringContaining('It is too old')]);
});
