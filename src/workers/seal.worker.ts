import '../parsing/jitless.ts';
import { asError, loadSeal } from '../seal/library.ts';
import { serve } from '../threads/serve.ts';
import { SealWorker } from './seal-worker.ts';

/** Exceptions of SEAL leave the worker as errors that say what is wrong. */
const worker = new Proxy(new SealWorker(), {
  get(target, name) {
    const method: unknown = Reflect.get(target, name);
    if (typeof method !== 'function') return method;
    return async (...args: unknown[]) => {
      try {
        return await method.apply(target, args);
      } catch (error) {
        throw asError(await loadSeal(), error);
      }
    };
  },
});

serve(worker);
