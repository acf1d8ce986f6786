import '../parsing/jitless.ts';
import { transfer } from 'comlink';
import { serve } from '../threads/serve.ts';
import { createClkWorker } from './clk-worker.ts';

serve(
  createClkWorker((part) => (part.ok ? transfer(part, [part.table.bits.buffer, part.table.popcounts.buffer]) : part)),
);
