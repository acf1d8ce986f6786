import { expose } from 'comlink';
import { type Spoken, speak } from '../words/translate.ts';
import { answerLifeline } from './lifeline.ts';

/** In a worker, when it starts: offers calls to its page, lets the page notice the worker's death, and speaks the page's language. */
export function serve(api: object): void {
  addEventListener('message', ({ data }: MessageEvent<{ readonly spoken?: Spoken }>) => {
    if (data.spoken) speak(data.spoken.language, data.spoken.catalogue);
  });
  expose(api);
  answerLifeline();
}
