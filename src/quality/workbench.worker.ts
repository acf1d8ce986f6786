import { expose } from 'comlink';
import { workbenchWorker } from './workbench-worker.ts';

expose(workbenchWorker);
