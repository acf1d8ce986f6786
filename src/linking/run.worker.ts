import { expose } from 'comlink';
import { answerLifeline } from '../threads/lifeline.ts';
import { createLinkageWorker } from './run-worker.ts';

expose(createLinkageWorker());
answerLifeline();
