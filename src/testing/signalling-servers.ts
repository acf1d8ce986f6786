import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Ports of two real signalling servers that know nothing of each other. */
    signallingPorts: readonly [number, number];
    /** Port of one that swaps session descriptions: see `test-swapping-signalling.ts`. */
    swappingPort: number;
    /** Port of one that adds fingerprints to session descriptions: see `adding-signalling.ts`. */
    addingPort: number;
  }
}

const main = fileURLToPath(new URL('../server/main.ts', import.meta.url));
const addingMain = fileURLToPath(new URL('./adding-signalling.ts', import.meta.url));
const swappingMain = fileURLToPath(new URL('./swapping-signalling.ts', import.meta.url));

/** Starts a server in a process of its own, and reads its address from what it prints. */
function start(program: string, args: readonly string[] = []): Promise<{ port: number; stop(): void }> {
  const child = fork(program, args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      const port = /:(\d+)\//.exec(String(text))?.[1];
      if (port !== undefined) resolve({ port: Number(port), stop: () => child.kill() });
    });
    child.once('exit', (code) => reject(new Error(`The signalling server ended with ${code}`)));
  });
}

/** Global set-up of the browser tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  const dist = mkdtempSync(join(tmpdir(), 'blindjoin-test-'));
  writeFileSync(join(dist, 'config.json'), '{}');
  writeFileSync(join(dist, 'index.html'), '');
  const asStarted = ['--port', '0', '--host', '127.0.0.1', '--dist', dist];
  const [first, second, swapping, adding] = await Promise.all([
    start(main, asStarted),
    start(main, asStarted),
    start(swappingMain),
    start(addingMain),
  ]);
  project.provide('swappingPort', swapping.port);
  project.provide('addingPort', adding.port);
  project.provide('signallingPorts', [first.port, second.port]);
  return () => {
    first.stop();
    second.stop();
    swapping.stop();
    adding.stop();
    rmSync(dist, { recursive: true });
  };
}
