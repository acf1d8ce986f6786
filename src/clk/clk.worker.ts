import { expose, transfer } from 'comlink';
import { createClkWorker } from './clk-worker.ts';

expose(
  createClkWorker((part) => (part.ok ? transfer(part, [part.table.bits.buffer, part.table.popcounts.buffer]) : part)),
);
