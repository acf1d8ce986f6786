import '../parsing/jitless.ts';
import { serve } from '../threads/serve.ts';
import { qualityWorker } from './quality-worker.ts';

serve(qualityWorker);
