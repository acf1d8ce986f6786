import { useEffect, useState } from 'react';
import type { RunState } from '../party/state.ts';
import { runFragment, standFor } from '../ui/route.ts';

/** Undefined while there is nothing to keep. */
export type Keeping = 'keeping' | 'kept' | 'refused' | undefined;

/** Keeps what a run ended with in this browser; from then on a reload of the page shows it again. */
export function useKeptFinish(run: RunState, active: boolean): Keeping {
  const [keeping, setKeeping] = useState<Keeping>();
  useEffect(() => {
    setKeeping(undefined);
    if (!active || (run.kind !== 'result' && run.kind !== 'outcome')) return;
    let here = true;
    setKeeping('keeping');
    import('../../storage/finished-runs.ts')
      .then(({ keepFinished }) => keepFinished(run))
      .then(
        (id) => {
          if (!here) return;
          standFor(runFragment(id));
          setKeeping('kept');
        },
        () => here && setKeeping('refused'),
      );
    return () => {
      here = false;
    };
  }, [run, active]);
  return keeping;
}
