/** What a tab remembers of the run it keeps, across reloads, until it is closed: the run's name and half of its key. */

import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';

const tabRunSchema = z.strictObject({
  id: z.string(),
  /** 32 bytes, base64url. */
  secret: z.string().regex(/^[\w-]{43}$/),
  /** Fragment of the page's address. */
  page: z.string(),
  keepSeconds: z.number(),
});
export type TabRun = z.infer<typeof tabRunSchema>;

const NAME = 'blindjoin-run';

export function tabRun(): TabRun | undefined {
  const text = sessionStorage.getItem(NAME);
  if (text === null) return undefined;
  const json = readJson(text);
  const read = 'data' in json ? checked(tabRunSchema, json.data) : json;
  return 'problem' in read ? undefined : read.data;
}

export function rememberTabRun(run: TabRun): void {
  sessionStorage.setItem(NAME, JSON.stringify(run));
}

/** `id`: only if it is this run that the tab remembers. */
export function forgetTabRun(id?: string): void {
  if (id === undefined || tabRun()?.id === id) sessionStorage.removeItem(NAME);
}
