import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

/** Assembles one of the kernels beside this file from WebAssembly text; returns the module's bytes. Throws on a fault in the text. */
export async function assembleKernel(name: 'simd' | 'scalar'): Promise<Uint8Array> {
  const file = `overlap-${name}.wat`;
  const source = readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');
  const module = (await wabt()).parseWat(file, source, { simd: name === 'simd' });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

/** The text of kernel-bytes.ts: both modules in base64, so that pages, workers and Node load them without a fetch. */
export async function kernelBytesSource(): Promise<string> {
  const [simd, scalar] = await Promise.all([assembleKernel('simd'), assembleKernel('scalar')]);
  const constant = (name: string, bytes: Uint8Array): string =>
    `export const ${name} =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
  return `// Written by build-kernels.ts from overlap-simd.wat and overlap-scalar.wat; change those and run it again.\n\n${constant('SIMD_KERNEL', simd)}\n${constant('SCALAR_KERNEL', scalar)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL('kernel-bytes.ts', import.meta.url)), await kernelBytesSource());
}
