/** The part of a build by which the app works without a network: the service worker, and the list of what it keeps. */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const PAGE = 'index.html';
/** More than any file of the app, bytes. */
const LARGEST = 8 * 2 ** 20;

interface Entry {
  readonly url: string;
  readonly revision: string | null;
}

/**
 * The page says the digest of the whole build, which is known when all else is written, this list included. So its revision here is of
 * all other files: where one of them changes, the page is fetched anew.
 */
export function revisePage<T extends Entry>(entries: readonly T[]): T[] {
  const lines = entries
    .map(({ url, revision }) => `${url} ${revision}\n`)
    .sort()
    .join('');
  const revision = createHash('sha256').update(lines).digest('hex');
  return entries
    .map((entry) => (entry.url === PAGE ? { ...entry, revision } : entry))
    .sort((a, b) => (a.url < b.url ? -1 : 1));
}

export function offlineBuild(): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/workers',
    filename: 'offline.worker.ts',
    // Said by public/manifest.webmanifest and registered by src/app/offline/kept-app.ts.
    manifest: false,
    injectRegister: false,
    injectManifest: {
      globPatterns: ['**/*.{css,html,js,svg,wasm,webmanifest}'],
      maximumFileSizeToCacheInBytes: LARGEST,
      // Their names hold a hash of what they are.
      dontCacheBustURLsMatching: /^assets\//,
      manifestTransforms: [async (entries) => ({ manifest: revisePage(entries), warnings: [] })],
    },
  });
}
