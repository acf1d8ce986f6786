/** Which page the address's fragment names. Room links are `#/<role>?room=…`, those into a linkage room `#/linking?as=…`. */
import { useSyncExternalStore } from 'react';

export const PAGES = ['researcher', 'owner', 'sample', 'linking', 'service', 'workbench', 'run', 'help'] as const;
export type Page = 'home' | (typeof PAGES)[number];

export interface Route {
  readonly page: Page;
  /** The whole fragment where it carries a room, for `openRoom`. */
  readonly roomFragment: string | undefined;
  /** Of a kept run. */
  readonly run: string | undefined;
  /** Of the help. */
  readonly document: string | undefined;
}

/** Unknown fragments lead home. */
export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#/, '').split('?', 2);
  const page = PAGES.find((name) => path === `/${name}`) ?? 'home';
  const parameters = new URLSearchParams(query);
  const hasRoom = (page === 'researcher' || page === 'owner') && parameters.has('room');
  const run = page === 'run' ? (parameters.get('id') ?? undefined) : undefined;
  const document = page === 'help' ? (parameters.get('doc') ?? undefined) : undefined;
  return { page, roomFragment: hasRoom ? fragment : undefined, run, document };
}

/** Whether the fragment says that the start page is meant, and is not merely unknown. */
export const isHome = (fragment: string) => /^#?\/?$/.test(fragment);

/** The page of a kept run. */
export const runFragment = (id: string) => `#/run?id=${encodeURIComponent(id)}`;

let mayLeave: (() => boolean) | undefined;
/** What the address says, and the page that is shown: they differ where a page has said what else it may be reached by. */
let address = globalThis.location?.hash ?? '';
let shown = address;

/** Asks `guard` before another page is shown; it answers whether the person may leave. Undefined: always. */
export function setLeaveGuard(guard: (() => boolean) | undefined): void {
  mayLeave = guard;
}

/** The page stays as it is; a reload, or Back from another page, leads to `fragment`. */
export function standFor(fragment: string): void {
  history.replaceState(history.state, '', fragment);
  address = fragment;
}

/** Fragment of the page that is shown. */
export function shownFragment(): string {
  return shown;
}

function subscribe(listener: () => void): () => void {
  const changed = () => {
    if (location.hash === address) return;
    if (mayLeave && !mayLeave()) {
      history.replaceState(null, '', address === '' ? '#/' : address);
      return;
    }
    address = location.hash;
    shown = address;
    listener();
  };
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

/** The fragment of the page shown. */
export function useFragment(): string {
  return useSyncExternalStore(subscribe, shownFragment);
}
