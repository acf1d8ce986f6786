/** What an agreement may say, and to what people agree. */
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';

const NEGOTIATION = 'src/protocol/negotiation.test.ts';
const AGREEMENT = 'src/agreement/agreement.test.ts';
const TERMS = 'terms that are none are refused';

export const AGREEMENT_MUTANTS: readonly Mutant[] = [
  ...mutantsOf('src/agreement/agreement.ts', NEGOTIATION, [
    [
      'a minimum of one',
      'minimumGroupSize: z.int().min(2)',
      'minimumGroupSize: z.int().min(1)',
      'Figures of one person',
      TERMS,
    ],
    [
      'a minimum of any size',
      'minimumGroupSize: z.int().min(2).max(32)',
      'minimumGroupSize: z.int().min(2)',
      'A gate so large that the page ends',
      TERMS,
    ],
    [
      'one agreeing band',
      'agreeingBands: z.int().min(2)',
      'agreeingBands: z.int().min(1)',
      'Noise of one band is taken for matches, and every table is noise',
      TERMS,
    ],
    [
      'terms with more in them',
      'export const termsFields = z.strictObject({',
      'export const termsFields = z.looseObject({',
      'Rules that no page shows stand in what people accept',
      TERMS,
    ],
    [
      'lists with more in them, within',
      'export const listInfoSchema = z.strictObject({',
      'export const listInfoSchema = z.looseObject({',
      'Rules that no page shows stand in what people accept',
      'a message that says more, or other, than there is to say is refused',
    ],
    [
      'noise of any size',
      'epsilonThousandths: z.int().min(10).max(20_000)',
      'epsilonThousandths: z.int().min(1)',
      'Noise that hides nothing is called noise',
      TERMS,
    ],
    [
      'nonces of any form',
      '  nonce: hex(16),',
      '  nonce: z.string(),',
      'Two runs of one name: the salts of one are known before the other',
      TERMS,
      "/** The owner's row count, rounded up. */",
    ],
    [
      'a hash of the terms alone',
      'const text = canonicalize(agreement);',
      'const text = canonicalize(agreement.terms);',
      'One person accepts another list, or other strata, than the other person reads',
      'a change voids what was accepted (list)',
    ],
  ]),
  ...mutantsOf('src/agreement/agreement.ts', AGREEMENT, [
    [
      'small row counts are told',
      'if (rows <= 100) return 100;',
      'if (rows <= 100) return rows;',
      'The exact length of a small list or file',
      'row counts are told rounded up',
    ],
    [
      'row counts are told',
      'return Math.ceil(rows / step) * step;',
      'return rows;',
      'The exact length of a list or file',
      'row counts are told rounded up',
    ],
    [
      'row counts to three digits',
      'Math.floor(Math.log10(rows)) - 1)',
      'Math.floor(Math.log10(rows)) - 2)',
      'Whether a few people joined a file between two runs',
      'row counts are told rounded up',
    ],
  ]),
  ...mutantsOf('src/agreement/key-fields.ts', AGREEMENT, [
    [
      'one name joined to itself',
      'field <= (joined[i - 1] as number)',
      'field < (joined[i - 1] as number)',
      'Keys of one field that both people read as keys of two',
      'is joined fields of names, each once, and no others',
    ],
    [
      'bands of fields that there are not',
      'field >= places',
      'field > places',
      'Terms that end the page of whoever reads them',
      'is a field that there is, and the joined names where some are joined',
    ],
    [
      'parts of values that there are not',
      'part >= SIGNATURE_PART_COUNT',
      'part > SIGNATURE_PART_COUNT',
      'Terms that end a run under way, whose keys nobody can make',
      'is a part of a value that there is, with p-sig keys',
    ],
  ]),
  ...mutantsOf('src/agreement/readable.ts', AGREEMENT, [
    [
      'texts that turn the direction of writing',
      '!TURNS_DIRECTION.test(text)',
      'TURNS_DIRECTION.source.length > 0',
      'A label makes the agreement read otherwise than it is written',
      'texts that people would not read as they are written are refused',
    ],
  ]),
  ...mutantsOf('src/protocol/negotiation.ts', NEGOTIATION, [
    [
      'another agreement accepted than was read',
      'if (read !== undefined && read !== hash) return;',
      'if (read === hash && read !== hash) return;',
      'Terms that came while the person read others count as theirs',
      'what has taken the place of the agreement that was read is not accepted',
    ],
    [
      'whatever took the place of what was read is accepted',
      'if (read !== undefined && read !== hash) return;',
      '',
      'A list that is exchanged as the data owner clicks is accepted unread',
      'what has taken the place of the agreement that was read is not accepted',
    ],
  ]),
  ...mutantsOf('src/protocol/conversation.ts', 'src/protocol/resume.test.ts', [
    [
      'errors of this page’s own are told',
      'const told = isOfTheirs(error) ? message :',
      'const told = error ? message :',
      'What a row says, where a page stumbles over it',
      'an error of the owner’s own, which may hold what a row says, is not told to the other',
    ],
  ]),
];
