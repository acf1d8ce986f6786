/** What is refused, or counts for nothing, before both have accepted one agreement. */
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';

const NEGOTIATION = 'src/protocol/negotiation.test.ts';
const MALFORMED = 'a message that says more, or other, than there is to say is refused';

export const NEGOTIATION_MUTANTS: readonly Mutant[] = [
  ...mutantsOf('src/protocol/negotiation.ts', NEGOTIATION, [
    [
      'a run that nobody here accepted',
      'if (!acceptedHere || !acceptedThere || this.#started || !hash) return;',
      'if (!acceptedThere || this.#started || !hash) return;',
      'A run under terms that this person has not accepted',
      'a start is refused here while only the other side has accepted',
    ],
    [
      'binary parts before the run',
      'if (message.blobs.length > 0) throw',
      'if (message.blobs.length > 1e9) throw',
      'Something is said beside what people read',
      'a message with binary parts is refused',
    ],
    [
      'own terms change after both have accepted',
      "if (this.#started) throw new ProtocolError('the run has started; its terms cannot change any more');",
      '',
      'A run under other terms than the researcher accepted',
      'the owner’s own terms cannot change either once both have accepted',
    ],
    [
      'lists with more in them',
      'list: z.strictObject({ list: listInfoSchema',
      'list: z.looseObject({ list: listInfoSchema',
      'Something is said beside what people read',
      MALFORMED,
    ],
    [
      'acceptances with more in them',
      'accept: z.strictObject({ hash })',
      'accept: z.looseObject({ hash })',
      'Something is said beside what people read',
      MALFORMED,
    ],
    [
      'lists without end',
      "this.#limit.take('list');",
      '',
      'The owner’s page fits its bands to as many lists as the researcher likes, and says what came of it',
      'more lists than people need',
    ],
    [
      'terms without end',
      "this.#limit.take('terms');",
      '',
      'The researcher’s page says of as many fields as the owner likes what their list lacks',
      'more terms than people need',
    ],
    ['hashes of any form', '/^[0-9a-f]{64}$/', '/.*/', 'Something is said in place of a hash', MALFORMED],
  ]),
  ...mutantsOf('src/protocol/proposal-limit.ts', NEGOTIATION, [
    [
      'proposals that are not counted',
      'this.#taken[kind] += 1;',
      '',
      'The owner’s page fits its bands to as many lists as the researcher likes, and says what came of it',
      'are counted in a room, however often the other page is reloaded',
    ],
  ]),
];
