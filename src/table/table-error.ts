/**
 * A file, or a use made of it, that cannot be: the message says what, where and what to do, in words for the person
 * at the page. The name, not the class, survives the way out of a worker: ask `isTableError`.
 */
export class TableError extends Error {
  override readonly name = 'TableError';
}

/** True for a `TableError`, also for one that a worker threw. */
export function isTableError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'TableError';
}
