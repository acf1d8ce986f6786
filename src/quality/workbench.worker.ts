import '../parsing/jitless.ts';
import { serve } from '../threads/serve.ts';
import { workbenchWorker } from './workbench-worker.ts';

serve(workbenchWorker);
