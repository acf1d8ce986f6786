/**
 * Which language the pages speak: the one that the person chose in this browser, or the browser's own where there is a catalogue of it.
 * Each file `LANGUAGE.json` of `src/words` is one.
 */
import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { type Catalogue, type Language, speak } from '../words/translate.ts';

const KEPT = 'language';

const files = import.meta.glob<Catalogue>('../words/*.json', { import: 'default' });
const catalogues: ReadonlyMap<Language, () => Promise<Catalogue>> = new Map([
  ['en', () => Promise.resolve({})],
  ...Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), load] as const),
]);

export const LANGUAGES: readonly Language[] = [...catalogues.keys()];

/** Undefined where nothing was chosen, or the browser keeps nothing. */
function chosen(): Language | undefined {
  try {
    const kept = checked(z.enum(LANGUAGES), localStorage.getItem(KEPT));
    return 'data' in kept ? kept.data : undefined;
  } catch {
    return undefined;
  }
}

function browsersOwn(): Language {
  const own = navigator.languages.map((tag) => LANGUAGES.find((language) => language === tag.split('-')[0]));
  return own.find((language) => language !== undefined) ?? 'en';
}

async function change(to: Language): Promise<void> {
  speak(to, (await catalogues.get(to)?.()) ?? {});
  document.documentElement.lang = to;
}

/** When the page is opened: it stays English where the catalogue cannot be had. */
export async function speakAsBefore(): Promise<void> {
  const to = chosen() ?? browsersOwn();
  if (to !== 'en') await change(to).catch((error: unknown) => console.warn('The catalogue was not loaded.', error));
}

/** The person chooses a language, for this browser. */
export async function chooseLanguage(to: Language): Promise<void> {
  await change(to);
  try {
    localStorage.setItem(KEPT, to);
  } catch {
    // A browser that keeps nothing asks for it again.
  }
}
