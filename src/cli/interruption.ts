import { rmSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What happens when somebody asks this process to end. */
export interface Interruption {
  /**
   * Has a listener called when somebody asks the command to end, which then does so by itself. Until the listener is taken
   * back by what is returned, nothing else happens at the first time.
   */
  onStop(listener: () => void): () => void;
  /** Has a file taken away where the process is asked to end, until that is taken back by what is returned. */
  leavesNothing(file: string): () => void;
}

/** The signals of this process, which are listened to only while there is something to do. */
export function processInterruption(): Interruption {
  const listeners = new Set<() => void>();
  const files = new Set<string>();
  let asked = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (listeners.size > 0 && !asked) {
      asked = true;
      for (const listener of listeners) listener();
      return;
    }
    for (const file of files) rmSync(file, { force: true });
    for (const one of SIGNALS) process.off(one, stop);
    // As if nobody had listened: who started the process is told by which signal it ended.
    process.kill(process.pid, signal);
  };
  const add = <T>(set: Set<T>, one: T) => {
    if (listeners.size + files.size === 0) for (const signal of SIGNALS) process.on(signal, stop);
    set.add(one);
    return () => {
      if (set.delete(one) && listeners.size + files.size === 0) for (const signal of SIGNALS) process.off(signal, stop);
    };
  };
  return {
    onStop: (listener) => add(listeners, listener),
    leavesNothing: (file) => add(files, file),
  };
}
