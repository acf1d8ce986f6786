import { vi } from 'vitest';

/**
 * Longer than a busy machine takes for what the tests wait for, milliseconds. Of mutants it would be waited for in vain: they set
 * less. Browsers have no `process`.
 */
const WITHIN_MS = Number(globalThis.process?.env.BLINDJOIN_WAIT_MS ?? 20_000);

/** Waits until `check` no longer throws; gives what it gives. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: WITHIN_MS });
