import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** The service worker makes no schema. */
const SERVICE_WORKER = join('workers', 'offline.worker.ts');

const src = fileURLToPath(new URL('..', import.meta.url));
const starts = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (path) =>
    (path.endsWith('.worker.ts') && !path.startsWith('testing') && path !== SERVICE_WORKER) ||
    path === join('app', 'main.tsx'),
);

it('the page and every worker import it before anything that may make a schema', () => {
  expect(starts.length).toBeGreaterThan(7);
  for (const path of starts) {
    const [first] = readFileSync(join(src, path), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('import'));
    expect(first, path).toBe("import '../parsing/jitless.ts';");
  }
});
