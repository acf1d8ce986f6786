/**
 * The service worker: keeps one build of the app, whole, and serves it where the server cannot be reached. Another build is kept
 * beside it and takes its place when a person says so, never by itself while a page is open.
 */
import { cleanupOutdatedCaches, matchPrecache, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { TAKE_OVER } from './take-over.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

const PAGE = 'index.html';
/** Longest that an answer of the server is waited for where the kept page could be shown, milliseconds. */
const ANSWER_WITHIN_MS = 3_000;
/** What a page says that was not built: whoever develops wants no kept one. */
const UNBUILT = 'content="development"';

/**
 * The kept page, with the headers of today where the server has the same page: what it may connect to is the host's to say, without
 * a new build.
 */
async function page(request: Request): Promise<Response> {
  const kept = await matchPrecache(PAGE);
  const served = await fetch(request, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => undefined);
  if (kept === undefined) return served ?? Response.error();
  if (served === undefined || !served.ok) return kept;
  const text = await served.clone().text();
  return text.includes(UNBUILT) || text === (await kept.clone().text()) ? served : kept;
}

const isPage = ({ request, url }: { request: Request; url: URL }) =>
  request.mode === 'navigate' && ['/', `/${PAGE}`].includes(url.pathname);
registerRoute(isPage, ({ request }) => page(request));
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** A page asks this worker to take the place of the one before: only where no other page of the app would change under somebody. */
async function takeOver(port: MessagePort | undefined): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const alone = pages.length <= 1;
  port?.postMessage(alone);
  if (alone) await self.skipWaiting();
}

self.addEventListener('message', (event) => {
  if (event.data?.type === TAKE_OVER.type) event.waitUntil(takeOver(event.ports[0]));
});
