/** The app as the browser keeps it, for use without a network: whether another build is ready, and how it is taken. */
import { messageSW, Workbox } from 'workbox-window';
import { TAKE_OVER } from '../../workers/take-over.ts';
import { buildOfPage } from '../ui/build.ts';
import { Store } from '../ui/store.ts';

/** Where the build puts `offline.worker.ts`: at the root, since a service worker serves what is below its address. */
const WORKER = '/offline.worker.js';

export interface KeptApp {
  /** Another build is kept, and waits until a person takes it. */
  readonly newBuild: boolean;
  /** It could not be taken, since other pages of the app are open. */
  readonly othersOpen: boolean;
}

export const keptApp = new Store<KeptApp>({ newBuild: false, othersOpen: false });

let waiting: ServiceWorker | undefined;

/** Has the browser keep this build. Does nothing in development, nor where a browser keeps nothing: the app works all the same. */
export async function keepApp(): Promise<void> {
  if (buildOfPage() === undefined || navigator.serviceWorker === undefined) return;
  const workbox = new Workbox(WORKER);
  workbox.addEventListener('waiting', ({ sw }) => {
    waiting = sw;
    keptApp.update({ newBuild: true });
  });
  await workbox.register().catch(() => undefined);
}

/** Takes the other build: this page starts anew with it. */
export async function takeNewBuild(): Promise<void> {
  if (waiting === undefined) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  const alone: unknown = await messageSW(waiting, TAKE_OVER);
  keptApp.update({ othersOpen: alone !== true });
}
