import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, it } from 'vitest';

it('is one file that serves the app beside it, without any package', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'blindjoin-server-'));
  try {
    const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
    await build({ configFile, logLevel: 'error', build: { outDir: join(folder, 'dist-server') } });
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'index.html'), '<!doctype html><title>Built</title>');
    writeFileSync(join(folder, 'dist', 'config.json'), '{}');
    const server = spawn(process.execPath, ['dist-server/main.js', '--port', '0', '--host', '127.0.0.1'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(server.stdout, 'data')) as [Buffer];
    const address = /Blindjoin is at (http\S+)/.exec(String(said))?.[1] ?? '';
    expect(await (await fetch(address)).text()).toContain('Built');
    expect((await fetch(new URL('signal/blindjoin/id', address))).status).toBe(200);
    server.kill();
    await once(server, 'close');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
