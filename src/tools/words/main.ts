/**
 * `npm run words`: writes the sentences that a catalogue lacks as JSON, to be filled in, and names what is wrong with it.
 * `-- --check`, which `npm run lint` calls, names what is wrong with all of them. `-- --add FILE` puts the entries of a file of JSON
 * into the catalogue and takes those out that no sentence needs. `-- --look FILE...` lists what looks like a sentence and is not
 * translated. The catalogue is that of German, or of another language that is named first: `-- fr --add FILE`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { checked } from '../../parsing/checked.ts';
import { readJson } from '../../parsing/json.ts';
import type { Catalogue } from '../../words/translate.ts';
import { sourceFiles } from '../rooms/imports.ts';
import { compareCatalogue } from './catalogue.ts';
import { sentencesOf, untranslated } from './sentences.ts';

const FOLDER = 'src/words';
/** Tests, and what runs without a page, speak English. */
const ENGLISH_ALONE = /\.test\.tsx?$|^src\/(testing|tools|cli|unattended|machine|server|queue|library)\//;
const translatedFiles = () => sourceFiles('.').filter((file) => !ENGLISH_ALONE.test(file));

const fileOf = (language: string) => `${FOLDER}/${language}.json`;

function catalogueIn(file: string): Catalogue {
  const reading = readJson(readFileSync(file, 'utf8'));
  if ('problem' in reading) throw new Error(`${file}: ${reading.problem}`);
  const catalogue = checked(z.record(z.string(), z.string()), reading.data);
  if ('problem' in catalogue) throw new Error(`${file}: ${catalogue.problem}`);
  return catalogue.data;
}

function write(file: string, catalogue: Catalogue): void {
  const sorted = Object.entries(catalogue).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

const sources = translatedFiles().map((file) => sentencesOf(file, readFileSync(file, 'utf8')));
const sentences = sources.flatMap((source) => source.sentences);
const given = process.argv.slice(2);
const named = /^[a-z]{2,3}$/.test(given[0] ?? '') ? given.shift() : undefined;
const [option, ...files] = given;

/** The language's catalogue against the sentences; a file that is not there yet has none of them. */
function compared(language: string) {
  const catalogue = existsSync(fileOf(language)) ? catalogueIn(fileOf(language)) : {};
  return { catalogue, ...compareCatalogue(language, catalogue, sentences) };
}

function problemsOf(language: string): string[] {
  const { missing, unused, different } = compared(language);
  return [
    ...unused.map((entry) => `${fileOf(language)}: no sentence needs ${JSON.stringify(entry)}`),
    ...different.map(
      (entry) => `${fileOf(language)}: places or tags differ from the sentence in ${JSON.stringify(entry)}`,
    ),
    ...(option === '--check'
      ? [...missing].map(([entry, place]) => `${place}: ${fileOf(language)} lacks ${JSON.stringify(entry)}`)
      : []),
  ];
}

if (option === '--look') {
  for (const file of files) for (const line of untranslated(file, readFileSync(file, 'utf8'))) console.log(line);
} else if (option === '--add') {
  const language = named ?? 'de';
  const added = Object.fromEntries(files.flatMap((file) => Object.entries(catalogueIn(file))));
  const all: Catalogue = { ...compared(language).catalogue, ...added };
  const unused = new Set(compareCatalogue(language, all, sentences).unused);
  write(fileOf(language), Object.fromEntries(Object.entries(all).filter(([entry]) => !unused.has(entry))));
} else {
  const every = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  const checkedOnes = option === '--check' ? every.map((name) => name.replace('.json', '')) : [named ?? 'de'];
  const problems = [...sources.flatMap((source) => source.problems), ...checkedOnes.flatMap(problemsOf)];
  for (const problem of problems) console.error(problem);
  if (option !== '--check') {
    const { missing } = compared(named ?? 'de');
    console.log(JSON.stringify(Object.fromEntries([...missing].map(([entry]) => [entry, ''])), null, 2));
  }
  if (problems.length > 0) process.exitCode = 1;
}
