import { expose } from 'comlink';
import { answerLifeline } from './lifeline.ts';

/** In a worker, when it starts: offers calls to its page, and lets the page notice the worker's death. */
export function serve(api: object): void {
  expose(api);
  answerLifeline();
}
