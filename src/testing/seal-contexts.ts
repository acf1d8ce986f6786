/** What tests with SEAL share: one context a parameter set (slow to make, without key), and a look at SEAL's memory. */
import { HeContext } from '../seal/context.ts';
import { loadSeal } from '../seal/library.ts';
import type { ParameterSet } from '../seal/parameters.ts';

/** Loads SEAL and gives a context for each parameter set. */
export async function testContexts(): Promise<(parameters: ParameterSet) => HeContext> {
  const seal = await loadSeal();
  const made = new Map<string, HeContext>();
  return (parameters) => {
    const context = made.get(parameters.name) ?? new HeContext(seal, parameters);
    made.set(parameters.name, context);
    return context;
  };
}

/** Catches SEAL's memory as the module is instantiated (call this first); gives its bytes. The module itself does not show it. */
export function watchMemory(): () => number {
  let memory: WebAssembly.Memory | undefined;
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...args) => {
    const result = await instantiate(...args);
    memory = Object.values(result.instance.exports).find((value) => value instanceof WebAssembly.Memory);
    return result;
  };
  return () => {
    if (!memory) throw new Error('SEAL exports no memory');
    return memory.buffer.byteLength;
  };
}
