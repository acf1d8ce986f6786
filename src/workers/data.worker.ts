import '../parsing/jitless.ts';
import { serve } from '../threads/serve.ts';
import { DataWorker } from './data-worker.ts';

serve(new DataWorker());
