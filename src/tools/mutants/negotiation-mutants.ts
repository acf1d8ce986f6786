/** What is refused, or counts for nothing, before both have accepted one agreement. */
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';

const NEGOTIATION = 'src/protocol/negotiation.test.ts';
const ENDS = 'src/protocol/negotiation-ends.test.ts';
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
  ...mutantsOf('src/protocol/negotiation.ts', ENDS, [
    [
      'an agreement that there is not is accepted',
      "if (!hash) throw new ProtocolError('there is no agreement to accept yet');",
      '',
      'A page says that its person accepted before there was anything to read',
      'is of an agreement that there is',
    ],
    [
      'a run that both accepted is negotiated anew',
      'error instanceof ChannelRestarted && this.#started && agreement',
      'error instanceof ChannelRestarted && !this.#started && agreement',
      'After a reload one page runs what it agreed to and the other asks again',
      'what both had accepted holds where the other page was reloaded as it began the run',
    ],
  ]),
  ...mutantsOf('src/protocol/session.ts', ENDS, [
    [
      'agreements that are none make a session',
      "if ('problem' in read) throw",
      "if ('none' in read) throw",
      'A run of rules that no page has checked',
      'an agreement that is none makes no session',
    ],
  ]),
  ...mutantsOf('src/protocol/conversation.ts', 'src/protocol/conduct.test.ts', [
    [
      'a run that was cancelled begins',
      'if (signal.aborted) cancel();',
      '',
      'Whoever pressed Cancel gives a table all the same',
      'a side of a run that is cancelled before it begins tells the other',
      'let channel = first;',
    ],
    [
      'a run that was cancelled goes on with the page that comes back',
      'if (signal.aborted) cancel();',
      '',
      'Whoever pressed Cancel gives a table all the same',
      'that is cancelled while the other page is reloaded tells the page that comes back',
      'channel = error.next;',
    ],
    [
      'a run goes on before what it began has ended',
      'await side.settle();',
      'void side.settle();',
      'Something is answered twice, before and after a reload of the other page',
      'goes on over the next channel once all that it began has settled',
    ],
  ]),
];
