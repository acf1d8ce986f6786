/** Which language the pages speak: the one that the person chose in this browser, or the browser's own where there is a catalogue of it. */
import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { type Catalogue, type Language, speak } from '../words/translate.ts';

const KEPT = 'language';

const catalogues: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve({}),
  de: () => import('../words/de.json').then((file) => file.default),
};

/** Undefined where nothing was chosen, or the browser keeps nothing. */
function chosen(): Language | undefined {
  try {
    const kept = checked(z.enum(['en', 'de']), localStorage.getItem(KEPT));
    return 'data' in kept ? kept.data : undefined;
  } catch {
    return undefined;
  }
}

function browsersOwn(): Language {
  for (const tag of navigator.languages) {
    if (tag.startsWith('de')) return 'de';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}

async function change(to: Language): Promise<void> {
  speak(to, await catalogues[to]());
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
