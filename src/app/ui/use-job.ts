import { startTransition, useEffect, useRef, useState } from 'react';
import { t } from '../../words/translate.ts';
import { withProgress } from './with-progress.ts';

/** Long work, as the page shows it. */
export type JobState<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly label: string; readonly done: number | undefined }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly value: T };

export interface JobControl {
  readonly signal: AbortSignal;
  /** What is being done, and the share done (0 to 1) where it is known. */
  report(label: string, done?: number): void;
}

export interface Job<T> {
  readonly state: JobState<T>;
  /** Starts work; work that still runs is given up. */
  start(work: (control: JobControl) => Promise<T>): void;
  cancel(): void;
  /** Forgets what came of it. */
  reset(): void;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One piece of long work at a time, with progress, an end that is not overlooked, and a way to stop it. */
export function useJob<T>(): Job<T> {
  const [state, setState] = useState<JobState<T>>({ kind: 'idle' });
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);
  const stop = (next: JobState<T>) => {
    current.current?.abort();
    current.current = undefined;
    setState(next);
  };
  return {
    state,
    start: (work) => {
      stop({ kind: 'running', label: t('Starting'), done: undefined });
      const abort = new AbortController();
      current.current = abort;
      const put = (next: JobState<T>) => {
        if (!abort.signal.aborted) setState(next);
      };
      withProgress(
        (report: JobControl['report']) => work({ signal: abort.signal, report }),
        (label, done) => put({ kind: 'running', label, done }),
      ).then(
        // A result may be long to draw; as a transition it is drawn in slices.
        (value) => startTransition(() => put({ kind: 'done', value })),
        (error: unknown) => put({ kind: 'failed', message: messageOf(error) }),
      );
    },
    cancel: () => stop({ kind: 'cancelled' }),
    reset: () => stop({ kind: 'idle' }),
  };
}
