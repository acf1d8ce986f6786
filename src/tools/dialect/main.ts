/** Names what the sources do otherwise than the rest: `npm run lint` calls it. */
import { readFileSync } from 'node:fs';
import { sourceFiles } from '../rooms/imports.ts';
import { otherwise } from './dialect.ts';

const problems = ['src', 'e2e']
  .flatMap((folder) => sourceFiles('.', folder))
  .flatMap((file) => otherwise(file, readFileSync(file, 'utf8')));
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
