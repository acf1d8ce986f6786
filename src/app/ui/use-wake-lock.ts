import { useEffect } from 'react';

/** Keeps the computer from dimming its screen and falling asleep while the component is shown, where the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let over = false;
    let held: WakeLockSentinel | undefined;
    const ask = async () => {
      try {
        const lock = await navigator.wakeLock.request('screen');
        if (over) await lock.release();
        else held = lock;
      } catch {
        // A page out of sight, or a battery that is low, gets none; the run goes on without.
      }
    };
    // The browser lets go of it when the page goes out of sight.
    const seenAgain = () => document.visibilityState === 'visible' && void ask();
    void ask();
    document.addEventListener('visibilitychange', seenAgain);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', seenAgain);
      void held?.release();
    };
  }, []);
}
