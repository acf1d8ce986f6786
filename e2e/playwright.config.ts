import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/browsers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The built app and its signalling, as `npm start` serves them; both sides of a run are Chromium processes of their own. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    launchOptions: launchOptions('chromium'),
    actionTimeout: 30_000,
    colorScheme: 'light',
    // Each window would fetch the whole app once more; `offline.long.test.ts` lets it.
    serviceWorkers: 'block',
    viewport: { width: 1280, height: 900 },
  },
  // `npm test` runs the quick ones; `npm run test:all` all.
  projects: [
    { name: 'quick', testIgnore: '**/*.long.test.ts' },
    { name: 'long', testMatch: '**/*.long.test.ts' },
  ],
  webServer: {
    // Node 20 once stopped answering for good: its V8 made a map for Object.setPrototypeOf, which Express calls for each request, had
    // the lock of maps, and waited for compiling threads that waited for that lock. Without such threads it cannot happen.
    command: 'node --no-concurrent-recompilation --import tsx src/server/main.ts --host 127.0.0.1 --port 0',
    cwd: root,
    wait: { stdout: /Blindjoin is at (?<BLINDJOIN_URL>http\S+)/ },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
