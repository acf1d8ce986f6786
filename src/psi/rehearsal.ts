/** One band on made-up keys, both sides in one worker. */
import type { HeContext } from '../seal/context.ts';
import { PublicSide } from '../seal/public-side.ts';
import { randomElements } from '../seal/random.ts';
import { withScope } from '../seal/scope.ts';
import { SecretSide } from '../seal/secret-side.ts';
import { queryBand, readAnswers } from './receiver.ts';
import { answerBand } from './sender.ts';

/** So few that none is left out. */
const ROWS = 64;

/**
 * Plays a band before the run, so that the browser has compiled for speed by then what the bands need: on a page that is new,
 * compiling takes longer than the first dozen of bands. Throws where a row does not find itself: then this browser cannot be trusted
 * with a run.
 */
export function rehearseBand(context: HeContext): void {
  withScope((keep) => {
    const researcher = keep(new SecretSide(context));
    const owner = keep(new PublicSide(context, researcher.createPublicKeys()));
    const geometry = { bins: context.slots, degree: 2, segments: 3 };
    const keys = crypto.getRandomValues(new Uint32Array(4 * ROWS));
    const labels = randomElements(ROWS);
    const query = queryBand(researcher, geometry, keys);
    if (!query) return;
    const { answers } = answerBand(owner, geometry, keys, labels, query.queries);
    const { records, values } = readAnswers(researcher, geometry, query.binOf, answers);
    for (const [i, record] of records.entries()) {
      const seen = values.subarray(i * geometry.segments, (i + 1) * geometry.segments);
      if (!seen.includes(labels[record] as number)) throw new Error('this browser computes the encryption wrong');
    }
  });
}
