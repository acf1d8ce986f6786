import { vi } from 'vitest';

/** Longer than a busy machine takes for what the tests wait for, milliseconds. */
const WITHIN_MS = 20_000;

/** Waits until `check` no longer throws; gives what it gives. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: WITHIN_MS });
