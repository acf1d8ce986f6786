import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles the `blindjoin` command into a file that plain Node runs, and what speaks with queues into a second one, which is loaded
 * when it is needed.
 */
export default defineConfig({
  root,
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/blindjoin.ts',
    outDir: 'dist-cli',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'blindjoin.js',
        chunkFileNames: '[name].js',
        banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
      },
    },
  },
  plugins: [
    {
      name: 'executable',
      writeBundle: ({ dir = '' }) => chmodSync(join(dir, 'blindjoin.js'), 0o755),
    },
  ],
});
