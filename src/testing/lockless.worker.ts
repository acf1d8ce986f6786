/** A worker of a page that may not store anything: locks are refused to it. */
import { serve } from '../threads/serve.ts';

navigator.locks.request = () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));

serve({ answer: () => 42 });
