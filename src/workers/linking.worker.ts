import { expose } from 'comlink';
import { linkingWorker } from './linking-worker.ts';

expose(linkingWorker);
