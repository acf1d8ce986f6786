import * as Comlink from 'comlink';
import { DataWorker } from './data-worker.ts';

Comlink.expose(new DataWorker());
