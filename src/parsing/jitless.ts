/**
 * Has zod check by plain code. The Content-Security-Policy forbids `new Function`, which it would otherwise try whenever a schema
 * is made; most are made when a module loads, so whatever starts a page or a worker imports this first.
 */
import { z } from 'zod';

z.config({ jitless: true });
