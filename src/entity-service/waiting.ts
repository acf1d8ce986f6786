/** How long a call is tried again while the service says that it is asked too often. */
export interface WaitingOptions {
  /** Milliseconds before the second try; doubled for each further one. 100 unless given. */
  readonly firstWait?: number;
  /** Milliseconds a wait has at most. 10,000 unless given. */
  readonly longestWait?: number;
  /** Milliseconds after which a call is not tried again. 20,000 unless given. */
  readonly giveUpAfter?: number;
  /** Milliseconds that a call is waited with in all where the service itself says how long (Retry-After). 600,000 unless given. */
  readonly asTold?: number;
}

export const USUAL_WAITING = { firstWait: 100, longestWait: 10_000, giveUpAfter: 20_000, asTold: 600_000 } as const;

/**
 * Milliseconds that a service asks to be left alone.
 * @param retryAfter the header of this name: seconds, or a date
 * @returns undefined where it says nothing
 */
export function toldWait(retryAfter: string | undefined, now: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  const text = retryAfter.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A time within which something must happen. */
export interface Deadline {
  /** Aborts when the time is over, or when the outer signal does. */
  readonly signal: AbortSignal;
  /** Does nothing after the end. */
  restart(): void;
  passed(): boolean;
  end(): void;
}

export function createDeadline(milliseconds: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  let passed = false;
  let ended = false;
  let timer: ReturnType<typeof setTimeout>;
  const start = (): void => {
    timer = setTimeout(() => {
      passed = true;
      controller.abort(new Error('the time is over'));
    }, milliseconds);
  };
  start();
  return {
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    restart: () => {
      clearTimeout(timer);
      if (!ended) start();
    },
    passed: () => passed,
    end: () => {
      ended = true;
      clearTimeout(timer);
    },
  };
}

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
export function* waits({
  firstWait,
  longestWait,
  giveUpAfter,
}: Required<Omit<WaitingOptions, 'asTold'>>): Generator<number, undefined> {
  let spent = 0;
  for (let wait = firstWait; ; wait *= 2) {
    const next = Math.min(wait, longestWait);
    spent += next;
    if (spent > giveUpAfter) return undefined;
    yield next;
  }
}
