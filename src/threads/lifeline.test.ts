import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { failingCalls, watchWorker } from './lifeline.ts';

/** What is sent to a worker that never answers, and a way to let it speak. */
class SilentWorker extends EventTarget {
  readonly sent: { readonly lifeline?: string; readonly path?: readonly string[] }[] = [];

  postMessage(message: { readonly path?: readonly string[] }): void {
    this.sent.push(message);
  }

  say(data: string): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  get calls(): string[] {
    return this.sent.flatMap(({ path }) => path ?? []);
  }
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

it.each(['lifeline held', 'lifeline refused'])(
  'sends calls once the worker has said “%s”, in their order',
  async (said) => {
    const worker = new SilentWorker();
    const watched = watchWorker<{ one(): number; two(): number }>(worker as unknown as Worker);
    const calls = failingCalls(watched);
    void calls.one();
    void watched.remote.two();
    worker.say('something else');
    await turn();
    expect(worker.calls).toEqual([]);
    expect(worker.sent.filter(({ lifeline }) => lifeline !== undefined)).toHaveLength(1);
    worker.say(said);
    await turn();
    expect(worker.calls).toEqual(['one', 'two']);
    void calls.two();
    await turn();
    expect(worker.calls).toEqual(['one', 'two', 'two']);
  },
);

it('fails calls that wait for a worker which cannot be started', async () => {
  const worker = new SilentWorker();
  const calls = failingCalls(watchWorker<{ one(): number }>(worker as unknown as Worker));
  const waiting = calls.one();
  worker.dispatchEvent(new Event('error'));
  await expect(waiting).rejects.toThrow('a worker stopped: it could not be started');
  expect(worker.calls).toEqual([]);
});
