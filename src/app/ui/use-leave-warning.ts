import { useEffect } from 'react';
import { setLeaveGuard } from './route.ts';

const QUESTION = 'A run is going on. Leave this page and end it?';

/** While `active`, leaving asks first: the browser's own question for the tab, ours for links within the page. */
export function useLeaveWarning(active: boolean, question = QUESTION): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    setLeaveGuard(() => confirm(question));
    return () => {
      removeEventListener('beforeunload', warn);
      setLeaveGuard(undefined);
    };
  }, [active, question]);
}
