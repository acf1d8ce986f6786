/**
 * `npm run words`: writes the sentences that the German catalogue lacks as JSON, to be filled in, and names what is wrong.
 * `-- --check`, which `npm run lint` calls, only names it. `-- --add FILE` puts the entries of a file of JSON into the catalogue and
 * takes those out that no sentence needs. `-- --look FILE...` lists what looks like a sentence and is not translated.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { checked } from '../../parsing/checked.ts';
import { readJson } from '../../parsing/json.ts';
import type { Catalogue } from '../../words/translate.ts';
import { sourceFiles } from '../rooms/imports.ts';
import { compareCatalogue } from './catalogue.ts';
import { sentencesOf, untranslated } from './sentences.ts';

const FILE = 'src/words/de.json';
/** Tests, and what runs without a page, speak English. */
const ENGLISH_ALONE = /\.test\.tsx?$|^src\/(testing|tools|cli|unattended|machine|server|queue|library)\//;
const translatedFiles = () => sourceFiles('.').filter((file) => !ENGLISH_ALONE.test(file));

function catalogueIn(file: string): Catalogue {
  const reading = readJson(readFileSync(file, 'utf8'));
  if ('problem' in reading) throw new Error(`${file}: ${reading.problem}`);
  const catalogue = checked(z.record(z.string(), z.string()), reading.data);
  if ('problem' in catalogue) throw new Error(`${file}: ${catalogue.problem}`);
  return catalogue.data;
}

function write(catalogue: Catalogue): void {
  const sorted = Object.entries(catalogue).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

const sources = translatedFiles().map((file) => sentencesOf(file, readFileSync(file, 'utf8')));
const sentences = sources.flatMap((source) => source.sentences);
const [option, ...files] = process.argv.slice(2);

if (option === '--look') {
  for (const file of files) for (const line of untranslated(file, readFileSync(file, 'utf8'))) console.log(line);
} else if (option === '--add') {
  const all: Catalogue = Object.fromEntries([FILE, ...files].flatMap((file) => Object.entries(catalogueIn(file))));
  const unused = new Set(compareCatalogue(all, sentences).unused);
  write(Object.fromEntries(Object.entries(all).filter(([entry]) => !unused.has(entry))));
} else {
  const { missing, unused, different } = compareCatalogue(catalogueIn(FILE), sentences);
  const problems = [
    ...sources.flatMap((source) => source.problems),
    ...unused.map((entry) => `${FILE}: no sentence needs ${JSON.stringify(entry)}`),
    ...different.map((entry) => `${FILE}: places or tags differ from the sentence in ${JSON.stringify(entry)}`),
    ...(option === '--check'
      ? [...missing].map(([entry, place]) => `${place}: no German for ${JSON.stringify(entry)}`)
      : []),
  ];
  for (const problem of problems) console.error(problem);
  if (option !== '--check') {
    console.log(JSON.stringify(Object.fromEntries([...missing].map(([entry]) => [entry, ''])), null, 2));
  }
  if (problems.length > 0) process.exitCode = 1;
}
