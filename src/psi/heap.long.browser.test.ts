import { expect, it } from 'vitest';
import { LINKAGE } from '../seal/parameters.ts';
import { PublicSide } from '../seal/public-side.ts';
import { withScope } from '../seal/scope.ts';
import { SecretSide } from '../seal/secret-side.ts';
import { madeUpKeys } from '../testing/made-up-keys.ts';
import { testContexts, watchMemory } from '../testing/seal-contexts.ts';
import { drawLabels } from './labels.ts';
import { queryBundle, readAnswers } from './receiver.ts';
import { answerBundle } from './sender.ts';

it('the WebAssembly heap does not grow over 50 bands', async () => {
  const heapBytes = watchMemory();
  const contextOf = await testContexts();
  const people = Array.from({ length: 400 }, (_, i) => i);
  withScope((keep) => {
    const secret = keep(new SecretSide(contextOf(LINKAGE)));
    const open = keep(new PublicSide(contextOf(LINKAGE), secret.createPublicKeys()));
    const geometry = { bins: 8192, degree: 2, segments: 4 };
    const keys = madeUpKeys(1, people, people);
    const { labels } = drawLabels(400, 16384);
    let warm = 0;
    for (let band = 0; band < 52; band++) {
      const query = queryBundle(secret, geometry, keys.list);
      if (!query) throw new Error('cuckoo hashing failed');
      const answer = answerBundle(open, geometry, keys.data, labels, query.queries);
      readAnswers(secret, geometry, query.binOf, answer.answers);
      if (band === 1) warm = heapBytes();
    }
    expect(heapBytes()).toBe(warm);
  });
});
