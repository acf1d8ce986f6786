import { expose } from 'comlink';
import { createLinkageWorker } from './linkage-worker.ts';

expose(createLinkageWorker());
