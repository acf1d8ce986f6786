import { expose } from 'comlink';
import { answerLifeline } from './lifeline.ts';
import { createLinkageWorker } from './linkage-worker.ts';

expose(createLinkageWorker());
answerLifeline();
