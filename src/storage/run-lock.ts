/** Who goes on with a kept run: one page at a time, though a tab may have been duplicated with all it remembers. */

/** How long a page waits for its own predecessor, which is being unloaded, milliseconds. */
const PREDECESSOR_WITHIN = 3_000;

export interface Lock {
  release(): void;
}

const nameOf = (run: string) => `blindjoin run ${run}`;

/** Held until released or the page goes; undefined where another page keeps holding it. */
export function holdLock(run: string): Promise<Lock | undefined> {
  return new Promise((resolve) => {
    const held = (): Promise<void> => new Promise((release) => resolve({ release }));
    navigator.locks
      .request(nameOf(run), { signal: AbortSignal.timeout(PREDECESSOR_WITHIN) }, held)
      .catch(() => resolve(undefined));
  });
}

export async function isHeld(run: string): Promise<boolean> {
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === nameOf(run)) ?? false;
}
