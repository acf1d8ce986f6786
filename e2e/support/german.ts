import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { z } from 'zod';

const CATALOGUE = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(new URL('../../src/words/de.json', import.meta.url), 'utf8')));

/** What an English sentence of the pages is in German, with what stands in its places. */
export function german(english: string, values: Readonly<Record<string, string>> = {}): string {
  const said = CATALOGUE[english];
  if (said === undefined) throw new Error(`no German for "${english}"`);
  return said.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => values[name] ?? place);
}

/** English sentences whose German is another. */
const ENGLISH = Object.keys(CATALOGUE).filter((english) => CATALOGUE[english] !== english);

/** Words that no German sentence has. */
const ENGLISH_WORD = /\b(the|and|of|is|are|with|your|this|that|for|from|cannot|which|has|have)\b/;

/** What people read on the page now: texts, names for screen readers, and placeholders, but for what is said to be English. */
function readTexts(): string[] {
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement;
    if (element === null || element.closest('[lang="en"], script, style') !== null) continue;
    if (node instanceof Element) {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) texts.push(node.getAttribute(name) ?? '');
    } else if (element.checkVisibility()) texts.push(node.textContent ?? '');
  }
  return [document.title, ...texts].map((text) => text.trim()).filter((text) => /\p{L}{2}/u.test(text));
}

/** What of the page, in German and as narrow as a phone, is English still. `given`: what people wrote. It never scrolls sideways. */
export async function leftEnglish(page: Page, where: string, given: readonly string[] = []): Promise<string[]> {
  await page.setViewportSize({ width: 360, height: 900 });
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `${where}, page width` })
    .toBeLessThanOrEqual(360);
  const texts = await page.evaluate(readTexts);
  await page.setViewportSize({ width: 1280, height: 900 });
  const known = new Set(ENGLISH);
  const ours = (text: string) => given.reduce((rest, words) => rest.replaceAll(words, ''), text);
  return [...new Set(texts.filter((text) => known.has(text) || ENGLISH_WORD.test(ours(text))))].map(
    (text) => `${where}: ${text}`,
  );
}
