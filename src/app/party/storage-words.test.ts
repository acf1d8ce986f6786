import { expect, it } from 'vitest';
import { storageWords } from './storage-words.ts';

it('says what to do where storage is full, and where it is blocked, and never what the browser said', () => {
  const raw = 'The operation is insecure.';
  expect(storageWords(new DOMException(raw, 'QuotaExceededError'))).toMatch(/no room left.*Free space/);
  for (const failure of [
    new DOMException(raw, 'SecurityError'),
    new DOMException(raw, 'InvalidStateError'),
    new DOMException(raw, 'UnknownError'),
    new TypeError(raw),
    new ReferenceError(raw),
  ]) {
    const words = storageWords(failure);
    expect(words).toMatch(/does not let the page store.*Allow this page/);
    expect(words).not.toContain(raw);
  }
  expect(storageWords(new Error('No file is loaded, so it has no ledger.'))).toBeUndefined();
});
