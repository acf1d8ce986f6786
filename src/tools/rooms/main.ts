/** `npm run rooms`: draws the rooms into ARCHITECTURE.md. With `--check`, which `npm run lint` calls, it only looks for imports that are forbidden. */
import { readFileSync, writeFileSync } from 'node:fs';
import { drawnIn, withPicture } from './picture.ts';
import { drawRooms, problemsOf } from './report.ts';

const FILE = 'ARCHITECTURE.md';

const problems = problemsOf('.');
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

if (!process.argv.includes('--check')) {
  const text = readFileSync(FILE, 'utf8');
  const picture = drawRooms('.');
  writeFileSync(FILE, withPicture(text, picture));
  console.log(
    drawnIn(text) === picture ? `${FILE} shows the rooms as they are.` : `The rooms were drawn into ${FILE}.`,
  );
}
