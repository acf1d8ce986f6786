import { useEffect } from 'react';

const APP = 'Blindjoin';

/** Sets the title of the tab to `words`, then the app's name; the name alone where there are none, and afterwards. */
export function usePageTitle(words: string | undefined): void {
  useEffect(() => {
    document.title = words === undefined ? APP : `${words} – ${APP}`;
    return () => {
      document.title = APP;
    };
  }, [words]);
}
