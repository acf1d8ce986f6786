/** How long a call is tried again while the service says that it is asked too often. */
export interface WaitingOptions {
  /** Milliseconds before the second try; doubled for each further one. 100 unless given. */
  readonly firstWait?: number;
  /** Milliseconds a wait has at most. 10,000 unless given. */
  readonly longestWait?: number;
  /** Milliseconds after which a call is not tried again. 20,000 unless given. */
  readonly giveUpAfter?: number;
}

export const USUAL_WAITING = { firstWait: 100, longestWait: 10_000, giveUpAfter: 20_000 } as const;

/** Waits; rejects with the signal's reason when it aborts. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** The waits between tries, in milliseconds, as long as the last one ends before the time is over. */
export function* waits({ firstWait, longestWait, giveUpAfter }: Required<WaitingOptions>): Generator<number> {
  let spent = 0;
  for (let wait = firstWait; ; wait *= 2) {
    const next = Math.min(wait, longestWait);
    spent += next;
    if (spent > giveUpAfter) return;
    yield next;
  }
}
