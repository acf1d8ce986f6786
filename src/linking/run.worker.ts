import '../parsing/jitless.ts';
import { serve } from '../threads/serve.ts';
import { createLinkageWorker } from './run-worker.ts';

serve(createLinkageWorker());
