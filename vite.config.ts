import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { buildDigest } from './src/machine/build-digest.ts';
import { chromiumArgs, findChromium, firefoxOptions } from './src/machine/machine.ts';
import { offlineBuild } from './src/machine/offline-build.ts';
import { devSignalling } from './src/server/dev-signalling.ts';

const executablePath = findChromium();

/** Tests that `npm run test:all` alone runs are `*.long.test.ts` in Node and `*.long.browser.test.ts` in browsers. */
const LONG_TESTS = 'src/**/*.long.*test.{ts,tsx}';
const BROWSER_TESTS = 'src/**/*.browser.test.{ts,tsx}';
function inNode(name: 'node' | 'node-long') {
  const long = name === 'node-long';
  return {
    extends: true as const,
    test: {
      name,
      environment: 'node' as const,
      // One process for all files of the quick ones, whose starts would take a third of the time; each leaves it as it was.
      isolate: long,
      setupFiles: long ? [] : ['src/testing/left-as-it-was.ts'],
      unstubGlobals: true,
      unstubEnvs: true,
      include: [long ? 'src/**/*.long.test.{ts,tsx}' : 'src/**/*.test.{ts,tsx}'],
      exclude: long ? [] : [BROWSER_TESTS, LONG_TESTS],
      testTimeout: long ? 600_000 : 30_000,
    },
  };
}

function inChromium(name: 'browser' | 'browser-long') {
  const long = name === 'browser-long';
  return {
    extends: true as const,
    test: {
      name,
      include: [long ? 'src/**/*.long.browser.test.{ts,tsx}' : BROWSER_TESTS],
      exclude: long ? [] : [LONG_TESTS],
      testTimeout: long ? 600_000 : 120_000,
      globalSetup: ['src/testing/signalling-servers.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs },
        }),
        instances: [{ browser: 'chromium' as const }],
      },
    },
  };
}

/** What pages are made of, in a Firefox as it is published; long tests too, since `npm run test:all` alone runs them all. */
function inFirefox() {
  return {
    extends: true as const,
    test: {
      name: 'browser-firefox',
      include: ['src/{net,seal,psi,tally}/*.browser.test.ts'],
      testTimeout: 600_000,
      globalSetup: ['src/testing/signalling-servers.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: firefoxOptions() }),
        instances: [{ browser: 'firefox' as const }],
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), devSignalling(), offlineBuild(), buildDigest()],
  worker: { format: 'es' },
  resolve: {
    alias: {
      // Looks for generators by `eval`, which the Content-Security-Policy forbids; a browser that has symbols has them.
      '@stdlib/assert-has-generator-support': '@stdlib/assert-has-symbol-support',
    },
  },
  build: { target: 'es2023', chunkSizeWarningLimit: 1500 },
  optimizeDeps: {
    exclude: ['node-seal'],
    // Found only inside workers and lazy parts: named here, so that no test run is interrupted by a second optimisation.
    include: [
      '@msgpack/msgpack',
      '@noble/ciphers/aes.js',
      '@noble/curves/ed25519.js',
      '@noble/curves/utils.js',
      '@noble/hashes/blake2.js',
      '@noble/hashes/hkdf.js',
      '@noble/hashes/hmac.js',
      '@noble/hashes/legacy.js',
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
      '@scure/base',
      '@scure/bip39/wordlists/english.js',
      'canonicalize',
      'chardet',
      'comlink',
      'damerau-levenshtein',
      'double-metaphone',
      'fast-check',
      'fflate',
      'hucre/xlsx',
      'idb',
      'jsonc-parser',
      'munkres',
      'pako',
      'papaparse',
      'peerjs',
      'zod',
    ],
  },
  test: {
    // As `eventually` of src/testing: a second, as it is otherwise, is little on a busy machine.
    expect: { poll: { timeout: Number(process.env.BLINDJOIN_WAIT_MS ?? 20_000) } },
    projects: [inNode('node'), inNode('node-long'), inChromium('browser'), inChromium('browser-long'), inFirefox()],
  },
});
