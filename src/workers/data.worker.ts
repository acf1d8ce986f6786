import * as Comlink from 'comlink';
import { answerLifeline } from '../threads/lifeline.ts';
import { DataWorker } from './data-worker.ts';

Comlink.expose(new DataWorker());
answerLifeline();
