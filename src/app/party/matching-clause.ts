/** How the agreement says that records are matched. */
import type { Agreement } from '../../agreement/agreement.ts';
import type { MatchField } from '../../agreement/match-field.ts';
import { expectationOf } from '../../keys/expectation.ts';
import { FIELD_TYPE_RULES } from '../../keys/field-types.ts';
import { ORDER_WORDS } from '../../table/date-column.ts';
import {
  type Clause,
  type ClauseTable,
  ERROR_MODEL_WORDS,
  HARD_MODEL_WORDS,
  listWords,
  recallWords,
  strangersWords,
} from './plain-words.ts';

function expectationSentences({ terms, list }: Agreement): string[] {
  const expected = expectationOf(terms.keys, terms.fields, terms.agreeingBands, list.emptyShares);
  if (expected === undefined) return [];
  return [
    `Expected: ${recallWords(expected.recall)} of the people in both files agree in at least ${terms.agreeingBands} bands, and ${recallWords(expected.hardRecall)} of those with mistakes in most fields.`,
    `Assumed: ${ERROR_MODEL_WORDS}. Mistakes in most fields: ${HARD_MODEL_WORDS}.`,
  ];
}

/** Both sides' shares of rows that lack a field, where both tell them. */
function emptyTable({ terms, list }: Agreement): ClauseTable | undefined {
  const { emptyShares: listShares } = list;
  const { fieldFigures } = terms.keys;
  if (listShares?.length !== terms.fields.length || fieldFigures?.length !== terms.fields.length) return undefined;
  const share = (of: number | undefined) => `${Math.round(100 * (of ?? 0))} %`;
  return {
    title: 'Rows without a value',
    heads: ['Field', 'Of the list', 'Of the data'],
    rows: terms.fields.map(({ name }, i) => [name, share(listShares[i]), share(fieldFigures[i]?.empty)]),
  };
}

function keysSentences(agreement: Agreement): string[] {
  const { keys, agreeingBands } = agreement.terms;
  const source = { minhash: 'MinHash bands', 'p-sig': 'p-sig signatures', 'lambda-fold': 'lambda-fold tables' }[
    keys.source
  ];
  const alike = keys.lookAlikes ?? [];
  const most = Math.max(alike.length + 1, agreeingBands - 1);
  return [
    `Two records can count as the same person when they agree in at least ${agreeingBands} of ${keys.bands.length} ${source}. They do when what agrees is rare enough. Small spelling differences are tolerated.`,
    strangersWords(alike[agreeingBands - 2] ?? 0),
    ...(alike.length === 0 ? [] : [`No row agrees with a stranger’s in more than ${most} bands.`]),
    ...expectationSentences(agreement),
  ];
}

/** How the data owner's values of a field are written, where the other side's may differ. */
function writingWords({ name, digits, dateOrder }: MatchField): string[] {
  if (dateOrder !== undefined) return [`The data owner’s “${name}” is written ${ORDER_WORDS[dateOrder]}.`];
  return digits === undefined
    ? []
    : [
        `The data owner’s “${name}” usually has ${digits} digits: zeros that are lacking at the front are put back on both sides.`,
      ];
}

export function matchingClause(agreement: Agreement): Clause {
  const fields = agreement.terms.fields.map((f) => `“${f.name}” (as ${FIELD_TYPE_RULES[f.type].words})`);
  const table = emptyTable(agreement);
  return {
    title: 'Matching',
    sentences: [
      `Records are compared by ${listWords(fields)}.`,
      ...agreement.terms.fields.flatMap(writingWords),
      ...keysSentences(agreement),
    ],
    ...(table && { table }),
  };
}
