/** Who goes on with a kept run: one page at a time, though a tab may have been duplicated with all it remembers. */

/** How long a page waits for its own predecessor, which is being unloaded, milliseconds. */
const PREDECESSOR_WITHIN_MS = 3_000;

export interface Lock {
  release(): void;
}

const nameOf = (run: string) => `blindjoin run ${run}`;

/** Held until released or the page goes; undefined where another page holds it, `patient`: keeps holding it. */
export function holdLock(run: string, patient = true): Promise<Lock | undefined> {
  return new Promise((resolve) => {
    const held = (lock: unknown): Promise<void> | undefined => {
      if (lock !== null) return new Promise((release) => resolve({ release }));
      resolve(undefined);
      return undefined;
    };
    const options = patient ? { signal: AbortSignal.timeout(PREDECESSOR_WITHIN_MS) } : { ifAvailable: true };
    navigator.locks.request(nameOf(run), options, held).catch(() => resolve(undefined));
  });
}

export async function isHeld(run: string): Promise<boolean> {
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === nameOf(run)) ?? false;
}
