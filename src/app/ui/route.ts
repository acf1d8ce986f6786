/** Which page the address's fragment names. Room links are `#/<role>?room=…`, those into a linkage room `#/linking?as=…`. */
import { useSyncExternalStore } from 'react';

export const PAGES = ['researcher', 'owner', 'sample', 'linking', 'service', 'workbench'] as const;
export type Page = 'home' | (typeof PAGES)[number];

export interface Route {
  readonly page: Page;
  /** The whole fragment where it carries a room, for `openRoom`. */
  readonly roomFragment: string | undefined;
}

/** Unknown fragments lead home. */
export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#/, '').split('?', 2);
  const page = PAGES.find((name) => path === `/${name}`) ?? 'home';
  const hasRoom = (page === 'researcher' || page === 'owner') && new URLSearchParams(query).has('room');
  return { page, roomFragment: hasRoom ? fragment : undefined };
}

let mayLeave: (() => boolean) | undefined;
let current = globalThis.location?.hash ?? '';

/** Asks `guard` before another page is shown; it answers whether the person may leave. Undefined: always. */
export function setLeaveGuard(guard: (() => boolean) | undefined): void {
  mayLeave = guard;
}

function subscribe(listener: () => void): () => void {
  const changed = () => {
    if (location.hash === current) return;
    if (mayLeave && !mayLeave()) {
      history.replaceState(null, '', current === '' ? '#/' : current);
      return;
    }
    current = location.hash;
    listener();
  };
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

/** The fragment of the page shown. */
export function useFragment(): string {
  return useSyncExternalStore(subscribe, () => current);
}
