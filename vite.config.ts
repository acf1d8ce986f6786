import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './src/machine/machine.ts';
import { devSignalling } from './src/server/dev-signalling.ts';

const executablePath = findChromium();

export default defineConfig({
  plugins: [react(), devSignalling()],
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 1500 },
  optimizeDeps: {
    exclude: ['node-seal'],
    // Found only inside workers and lazy parts: named here, so that no test run is interrupted by a second optimisation.
    include: [
      '@msgpack/msgpack',
      '@noble/hashes/hkdf.js',
      '@noble/hashes/hmac.js',
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
      '@scure/base',
      '@scure/bip39/wordlists/english.js',
      'canonicalize',
      'comlink',
      'fast-check',
      'idb',
      'munkres',
      'papaparse',
      'peerjs',
      'zod',
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: ['src/**/*.browser.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.{ts,tsx}'],
          testTimeout: 120_000,
          globalSetup: ['src/testing/signalling-servers.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
