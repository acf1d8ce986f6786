import { yieldToPage } from '../../channel/yield-to-page.ts';
import type { SampleKind, SampleOptions } from '../../sample/people.ts';
import { peopleCsv } from '../../sample/people-files.ts';

export interface PeopleOptions {
  readonly signal?: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** Both files whole, yielding to the page between pieces. */
export async function makePeople(
  options: SampleOptions,
  { signal, onProgress }: PeopleOptions = {},
): Promise<{ readonly first: string; readonly second: string }> {
  const pieces = Math.max(1, Math.ceil(options.listRows / 1000) + Math.ceil(options.dataRows / 1000));
  let made = 0;
  const whole = async (kind: SampleKind): Promise<string> => {
    const parts: string[] = [];
    for (const part of peopleCsv(kind, options)) {
      signal?.throwIfAborted();
      parts.push(part);
      onProgress?.(Math.min(1, ++made / pieces));
      await yieldToPage();
    }
    return parts.join('');
  };
  return { first: await whole('list'), second: await whole('data') };
}
