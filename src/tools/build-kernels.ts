/** Assembles the WebAssembly kernels from their text; `npm run build` runs it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

interface Kernel {
  readonly constant: string;
  /** Beside the file of bytes. */
  readonly text: string;
}

/** The kernels by the file their bytes go to, so that pages, workers and Node load them without a fetch. */
export const KERNELS: readonly (readonly [file: string, kernels: readonly Kernel[]])[] = [
  ['../clk/kernel-bytes.ts', [{ constant: 'BLAKE2B_KERNEL', text: 'blake2b.wat' }]],
  [
    '../compare/kernel-bytes.ts',
    [
      { constant: 'SIMD_KERNEL', text: 'overlap-simd.wat' },
      { constant: 'SCALAR_KERNEL', text: 'overlap-scalar.wat' },
    ],
  ],
  ['../psi/kernel-bytes.ts', [{ constant: 'SEGMENT_KERNEL', text: 'segment-kernel.wat' }]],
];

export const kernelFile = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * A module's bytes.
 * @throws on a fault in its text
 */
async function assemble(file: string): Promise<Uint8Array> {
  const module = (await wabt()).parseWat(file, readFileSync(file, 'utf8'), { simd: true, multi_value: true });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** The text of a file of bytes: its modules in base64. */
export async function kernelBytesSource(file: string, kernels: readonly Kernel[]): Promise<string> {
  const constants: string[] = [];
  for (const { constant, text } of kernels) {
    const bytes = await assemble(kernelFile(`${file}/../${text}`));
    constants.push(`export const ${constant} =\n  '${Buffer.from(bytes).toString('base64')}';\n`);
  }
  const names = kernels.map(({ text }) => text).join(' and ');
  return `// Written by src/tools/build-kernels.ts from ${names}; change the text and run it again.\n\n${constants.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, kernels] of KERNELS) writeFileSync(kernelFile(file), await kernelBytesSource(file, kernels));
}
