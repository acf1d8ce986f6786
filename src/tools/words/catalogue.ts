/** Holds a catalogue against the sentences of the sources. */
import type { Sentence } from './sentences.ts';

/** The entries that a sentence needs in a language: of a counted one, one for each form of its plural. */
export function entriesOf({ english, one }: Sentence, language: string): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return one === undefined ? [english] : forms.map((form) => `${english}_${form}`);
}

/** The places and tags of a sentence, sorted: a translation has the same, of a counted one with or without the count. */
function marks(sentence: string): string {
  const found = sentence.match(/\{\{\w+\}\}|<\/?\w+\s*\/?>/g) ?? [];
  return [...new Set(found)]
    .filter((mark) => mark !== '{{count}}')
    .sort()
    .join(' ');
}

export interface CatalogueProblems {
  /** Entries that the catalogue lacks, each with the place of its sentence. */
  readonly missing: ReadonlyMap<string, string>;
  /** Entries that no sentence has. */
  readonly unused: readonly string[];
  /** Entries whose places or tags are not those of the sentence. */
  readonly different: readonly string[];
}

export function compareCatalogue(
  language: string,
  catalogue: Readonly<Record<string, string>>,
  sentences: readonly Sentence[],
): CatalogueProblems {
  const needed = new Map<string, string>();
  const different: string[] = [];
  for (const sentence of sentences) {
    for (const entry of entriesOf(sentence, language)) {
      needed.set(entry, `${sentence.file}:${sentence.line}`);
      const said = catalogue[entry];
      if (said !== undefined && marks(said) !== marks(sentence.english)) different.push(entry);
    }
  }
  return {
    missing: new Map([...needed].filter(([entry]) => catalogue[entry] === undefined)),
    unused: Object.keys(catalogue).filter((entry) => !needed.has(entry)),
    different: [...new Set(different)],
  };
}
