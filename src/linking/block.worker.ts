import '../parsing/jitless.ts';
import { serve } from '../threads/serve.ts';
import { linkingWorker } from './block-worker.ts';

serve(linkingWorker);
