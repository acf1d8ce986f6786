import * as Comlink from 'comlink';
import { DataWorker } from './data-worker.ts';
import { answerLifeline } from './lifeline.ts';

Comlink.expose(new DataWorker());
answerLifeline();
