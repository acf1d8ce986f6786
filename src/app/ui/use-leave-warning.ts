import { useEffect, useSyncExternalStore } from 'react';
import { t } from '../../words/translate.ts';
import { setLeaveGuard } from './route.ts';
import { Store } from './store.ts';

/** How many parts of this page would lose something if it were left. */
const leaving = new Store({ warnings: 0 });
const count = (change: 1 | -1) => leaving.update({ warnings: leaving.getSnapshot().warnings + change });

/** Whether leaving this page would end or lose something. */
export function useIsBusy(): boolean {
  return useSyncExternalStore(leaving.subscribe, () => leaving.getSnapshot().warnings > 0);
}

/** While `active`, leaving asks first: the browser's own question for the tab, ours for links within the page. */
export function useLeaveWarning(active: boolean, question = t('A run is going on. Leave this page and end it?')): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    setLeaveGuard(() => confirm(question));
    count(1);
    return () => {
      count(-1);
      removeEventListener('beforeunload', warn);
      setLeaveGuard(undefined);
    };
  }, [active, question]);
}
