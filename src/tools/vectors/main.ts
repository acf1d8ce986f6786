/** `npm run vectors`: writes docs/vectors anew, and has the independent reader check them. */
import { writeFileSync } from 'node:fs';
import { checkVectors } from './check.ts';
import { knownAnswers, vectorText } from './known-answers.ts';

for (const [name, answers] of Object.entries(knownAnswers())) {
  writeFileSync(`docs/vectors/${name}`, vectorText(answers));
}
console.log(`${checkVectors('docs/vectors')} known answers agree with the independent reader.`);
