/** A few bands on made-up keys, both sides in one worker. */
import type { HeContext } from '../seal/context.ts';
import { PublicSide } from '../seal/public-side.ts';
import { randomElements } from '../seal/random.ts';
import { withScope } from '../seal/scope.ts';
import { SecretSide } from '../seal/secret-side.ts';
import { t } from '../words/translate.ts';
import { queryBundle, readAnswers } from './receiver.ts';
import { answerBundle } from './sender.ts';

/** As many as it takes until what runs often has been compiled for speed. */
const BANDS = 6;
/** So few that none is left out. */
const ROWS = 64;

/**
 * Plays bands before the run, so that the browser has compiled by then what bands need: on a page that is new,
 * compiling takes longer than the first dozen of them.
 * @throws where a row does not find itself: such a browser cannot be trusted with a run
 */
export function rehearseBands(context: HeContext): void {
  withScope((keep) => {
    const researcher = keep(new SecretSide(context));
    const owner = keep(new PublicSide(context, researcher.createPublicKeys()));
    for (let band = 0; band < BANDS; band++) rehearseBand(researcher, owner);
  });
}

function rehearseBand(researcher: SecretSide, owner: PublicSide): void {
  const geometry = { bins: researcher.context.slots, degree: 2, segments: 3 };
  const keys = crypto.getRandomValues(new Uint32Array(4 * ROWS));
  const labels = randomElements(ROWS);
  const query = queryBundle(researcher, geometry, [keys]);
  // So few keys find their places but for once in a lifetime.
  if (!query) return;
  const { answers } = answerBundle(owner, geometry, [keys], labels, query.queries);
  const { places, values } = readAnswers(researcher, geometry, query.binOf, answers);
  for (const [i, record] of places.entries()) {
    const seen = values.subarray(i * geometry.segments, (i + 1) * geometry.segments);
    if (!seen.includes(labels[record] as number)) throw new Error(t('this browser computes the encryption wrong'));
  }
}
