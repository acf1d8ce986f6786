/**
 * Tells a page when one of its workers is gone. One that is ended from outside, for want of memory for example, makes no event,
 * and calls to it stay pending for ever; but a lock that it holds becomes free. Browsers have locks where the page comes over
 * https or from this machine and may store data; elsewhere only deaths by an uncaught error are noticed, and the console says so.
 */
import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { type Remote, wrap } from 'comlink';
import { inEnglish, message, onLanguage, spoken, t, tKnown } from '../words/translate.ts';

const HELD = 'lifeline held';
const REFUSED = 'lifeline refused';

/** In a worker, when it starts: holds the lock that its page names, until it dies. */
export function answerLifeline(): void {
  addEventListener('message', ({ data }: MessageEvent<{ readonly lifeline?: string }>) => {
    if (data.lifeline === undefined) return;
    requestLock(data.lifeline, () => {
      postMessage(HELD);
      return new Promise<never>(() => {});
    }).catch(() => postMessage(REFUSED));
  });
}

/** Rejects where the browser has no locks, or refuses them, as it does where storage is blocked. */
async function requestLock(name: string, held: () => unknown): Promise<void> {
  await navigator.locks.request(name, held);
}

export const WORKER_STOPPED = message('a worker stopped: {{why}}. Reload the page and start again.');
const NOT_STARTED = message('it could not be started');
const ENDED = message('the browser ended it');

/** A worker is gone, by itself or ended by the page. */
export class WorkerStopped extends Error {
  override readonly name = 'WorkerStopped';
  /** The message in English, for other pages. */
  readonly english: string;

  constructor(message: string, english = message) {
    super(message);
    this.english = english;
  }
}

export interface WatchedWorker<T> {
  readonly remote: Remote<T>;
  /** Rejects when the worker is gone, whoever ended it. */
  readonly died: Promise<never>;
}

let saidThatOff = false;

function sayThatOff(): void {
  if (saidThatOff) return;
  saidThatOff = true;
  console.warn(
    'Blindjoin cannot notice workers that the browser ends: locks are refused here. Allow this page to store data.',
  );
}

/**
 * The calls of a worker of this page, and its death. Calls wait until the worker holds its lock or has none: nobody would notice the death of
 * one that works before.
 */
export function watchWorker<T>(worker: Worker): WatchedWorker<T> {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const died = new Promise<never>((_, reject) => {
    const die = (why: string) =>
      reject(new WorkerStopped(t(WORKER_STOPPED, { why: tKnown(why) }), inEnglish(WORKER_STOPPED, { why })));
    worker.addEventListener('error', ({ message }) => die(message || NOT_STARTED));
    const lifeline = `worker ${bytesToHex(randomBytes(16))}`;
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data !== HELD && data !== REFUSED) return;
      if (data === HELD) requestLock(lifeline, () => die(ENDED)).catch(sayThatOff);
      else sayThatOff();
      begin();
    });
    worker.postMessage({ lifeline, spoken: spoken() });
  });
  const untold = onLanguage(() => worker.postMessage({ spoken: spoken() }));
  died.catch(untold);
  return { remote: callsAfter(begun, wrap<T>(worker)), died };
}

/** The same calls, none of which is sent before `begun`. */
function callsAfter<T>(begun: Promise<void>, remote: Remote<T>): Remote<T> {
  return throughCalls(remote, async (send) => {
    await begun;
    return send();
  });
}

/** The calls of a worker, which fail when it dies. */
export function failingCalls<T>({ remote, died }: WatchedWorker<T>): Remote<T> {
  return throughCalls(remote, (send) => Promise.race([send(), died]));
}

/** `way`: what becomes of a call, which `send` makes. What is no call of the worker's own, such as Comlink's symbols, stays as it is. */
function throughCalls<T>(remote: Remote<T>, way: (send: () => unknown) => unknown): Remote<T> {
  return new Proxy(remote, {
    get: (target, name) => {
      const call: unknown = Reflect.get(target, name);
      if (typeof call !== 'function' || typeof name === 'symbol') return call;
      return (...args: unknown[]) => way(() => Reflect.apply(call, target, args));
    },
  });
}
