/** `npm run statistics:r`: runs R again on the made-up tables and compares with the figures on record. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FIXTURES = resolve('src/statistics/fixtures');
/** R's own versions and platforms differ by less. */
const TOLERANCE = 1e-9;

/** Where two documents differ, as paths; numbers within the tolerance are equal. */
export function differences(found: unknown, wanted: unknown, path = '$'): string[] {
  if (typeof found === 'number' && typeof wanted === 'number') {
    return Math.abs(found - wanted) <= TOLERANCE * Math.max(Math.abs(wanted), 1e-6)
      ? []
      : [`${path}: ${found} for ${wanted}`];
  }
  const nested = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (!nested(found) || !nested(wanted)) return found === wanted ? [] : [`${path}: ${found} for ${wanted}`];
  const keys = new Set([...Object.keys(found), ...Object.keys(wanted)]);
  return [...keys].flatMap((key) => differences(found[key], wanted[key], `${path}.${key}`));
}

function main(): void {
  const printed = execFileSync('Rscript', [resolve(FIXTURES, 'figures.R')], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const recorded = readFileSync(resolve(FIXTURES, 'figures.json'), 'utf8');
  const found = differences(JSON.parse(printed), JSON.parse(recorded));
  if (found.length > 0) {
    throw new Error(`R prints other figures than those on record:\n${found.slice(0, 20).join('\n')}`);
  }
  console.log('R prints the figures on record.');
}

if (process.argv[1]?.endsWith('statistics-r.ts')) {
  try {
    main();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    console.error(missing ? 'Rscript is not installed (Debian: apt-get install r-base-core).' : error);
    process.exitCode = 1;
  }
}
