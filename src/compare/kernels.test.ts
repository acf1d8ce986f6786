import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelBytesSource } from './build-kernels.ts';

test('the bytes of the kernels are what their text assembles to', async () => {
  const written = readFileSync(new URL('kernel-bytes.ts', import.meta.url), 'utf8');
  expect(await kernelBytesSource()).toBe(written);
});
