import { expose } from 'comlink';
import { linkingWorker } from './block-worker.ts';

expose(linkingWorker);
