/** What a run will cost, in words, before people agree to it. */
import type { Role } from '../../net/room-api.ts';
import type { RunCost } from '../../protocol/run-cost.ts';
import { fixedWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';

/** A usual line between two offices or homes, bits a second. */
const LINE_BITS = 20e6;
/** Most memory that one page can have in the browsers there are, bytes. */
const PAGE_LIMIT = 4e9;
const LONG_SECONDS = 1800;

/** `about 40 seconds`, `about 3 minutes`, `about 2 hours`. */
export function durationWords(seconds: number): string {
  if (seconds < 90) return t('about {{seconds}} seconds', { seconds: Math.max(10, Math.ceil(seconds / 10) * 10) });
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90
    ? t('about {{minutes}} minutes', { minutes })
    : t('about {{hours}} hours', { hours: Math.ceil(minutes / 60) });
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
const gigabytes = (bytes: number) => `${fixedWords(Math.ceil(bytes / 1e8) / 10, 1)} GB`;

/** Time, traffic and memory of the run, for whoever is about to agree. */
export function costSentences(cost: RunCost, role: Role): string[] {
  const { researcherSends, ownerSends, seconds, memory } = cost;
  const all = researcherSends + ownerSends;
  return [
    t(
      'Computing takes {{time}} on two computers with as many processor cores as this one. Other programs that are busy make it longer.',
      { time: durationWords(seconds) },
    ),
    t(
      'The browsers exchange {{all}}: {{researcher}} from the researcher, {{owner}} from the data owner. A line of 20 Mbit/s takes {{time}} for that.',
      {
        all: megabytes(all),
        researcher: megabytes(researcherSends),
        owner: megabytes(ownerSends),
        time: durationWords((8 * all) / LINE_BITS),
      },
    ),
    t('This page needs up to {{memory}} of memory.', { memory: gigabytes(memory[role]) }),
  ];
}

/** Why this browser may not be able to do it. `deviceBytes`: the computer's memory as far as the browser tells. */
export function costWarnings({ seconds, memory }: RunCost, role: Role, deviceBytes: number | undefined): string[] {
  const warnings: string[] = [];
  const needed = memory[role];
  if (needed > PAGE_LIMIT) {
    warnings.push(
      t('This run needs {{memory}} of memory, and a page can have {{most}} at most.', {
        memory: gigabytes(needed),
        most: gigabytes(PAGE_LIMIT),
      }),
    );
  } else if (deviceBytes !== undefined && needed > deviceBytes / 2) {
    warnings.push(
      t(
        'This run needs {{memory}} of memory, more than half of what this computer has. Close other programs, or use a computer with more memory.',
        { memory: gigabytes(needed) },
      ),
    );
  }
  if (seconds > LONG_SECONDS) {
    warnings.push(
      t('This run takes long. Keep both computers from going to sleep, or shorten the files or the number of bands.'),
    );
  }
  return warnings;
}
