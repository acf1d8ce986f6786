import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KERNELS, kernelBytesSource, kernelFile } from './build-kernels.ts';

it.each(KERNELS)('the bytes in %s are what the text beside it assembles to', async (file, kernels) => {
  expect(await kernelBytesSource(file, kernels)).toBe(readFileSync(kernelFile(file), 'utf8'));
});
