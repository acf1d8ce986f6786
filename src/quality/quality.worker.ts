import { expose } from 'comlink';
import { qualityWorker } from './quality-worker.ts';

expose(qualityWorker);
