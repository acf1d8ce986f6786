/** How the agreement says that records are matched. */
import type { Agreement } from '../../agreement/agreement.ts';
import type { MatchField } from '../../agreement/match-field.ts';
import { expectationOf } from '../../keys/expectation.ts';
import { FIELD_TYPE_RULES } from '../../keys/field-types.ts';
import { ORDER_WORDS } from '../../table/date-column.ts';
import { inQuotes, tCounted } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
import {
  type Clause,
  type ClauseTable,
  errorModelWords,
  hardModelWords,
  listWords,
  recallWords,
  strangersWords,
} from './plain-words.ts';

function expectationSentences({ terms, list }: Agreement): string[] {
  const expected = expectationOf(terms.keys, terms.fields, terms.agreeingBands, list.emptyShares);
  if (expected === undefined) return [];
  return [
    t(
      'Expected: {{recall}} of the people in both files agree in at least {{agreeingBands}} bands, and {{hardRecall}} of those with mistakes in most fields.',
      {
        recall: recallWords(expected.recall),
        agreeingBands: terms.agreeingBands,
        hardRecall: recallWords(expected.hardRecall),
      },
    ),
    t('Assumed: {{model}}. Mistakes in most fields: {{hard}}.', { model: errorModelWords(), hard: hardModelWords() }),
  ];
}

/** Both sides' shares of rows that lack a field, where both tell them. */
function emptyTable({ terms, list }: Agreement): ClauseTable | undefined {
  const { emptyShares: listShares } = list;
  const { fieldFigures } = terms.keys;
  if (listShares?.length !== terms.fields.length || fieldFigures?.length !== terms.fields.length) return undefined;
  const share = (of: number | undefined) => `${Math.round(100 * (of ?? 0))} %`;
  return {
    title: t('Rows without a value'),
    heads: [t('Field'), t('Of the list'), t('Of the data')],
    rows: terms.fields.map(({ name }, i) => [name, share(listShares[i]), share(fieldFigures[i]?.empty)]),
  };
}

/** What keys are agreements in. */
export const SOURCE_WORDS = {
  minhash: message('MinHash bands'),
  'p-sig': message('p-sig signatures'),
  'lambda-fold': message('lambda-fold tables'),
} as const;

/** Bands that take several fields of names as one, where there are any. */
function joinedSentences({ terms: { fields, keys } }: Agreement): string[] {
  const { joined = [], bands } = keys;
  const count = bands.filter((band) => band.fields.some(({ field }) => field >= fields.length)).length;
  if (count === 0) return [];
  const names = listWords(joined.map((field) => inQuotes(fields[field]?.name ?? '')));
  return [
    tCounted(
      'In {{count}} band, names from {{names}} count as one name: there, records agree whose names stand in each other’s columns.',
      'In {{count}} bands, names from {{names}} count as one name: there, records agree whose names stand in each other’s columns.',
      count,
      { names },
    ),
  ];
}

function keysSentences(agreement: Agreement): string[] {
  const { keys, agreeingBands } = agreement.terms;
  const alike = keys.lookAlikes ?? [];
  const most = Math.max(alike.length + 1, agreeingBands - 1);
  return [
    t(
      'Two records can count as the same person when they agree in at least {{least}} of {{bands}} {{source}}. They do when what agrees is rare enough. Small spelling differences are tolerated.',
      { least: agreeingBands, bands: keys.bands.length, source: t(SOURCE_WORDS[keys.source]) },
    ),
    ...joinedSentences(agreement),
    strangersWords(alike[agreeingBands - 2] ?? 0),
    ...(alike.length === 0 ? [] : [t('No row agrees with a stranger’s in more than {{most}} bands.', { most })]),
    ...expectationSentences(agreement),
  ];
}

/** How the data owner's values of a field are written, where the other side's may differ. */
function writingWords({ name, digits, dateOrder }: MatchField): string[] {
  if (dateOrder !== undefined)
    return [t('The data owner’s “{{name}}” is written {{order}}.', { name, order: t(ORDER_WORDS[dateOrder]) })];
  return digits === undefined
    ? []
    : [
        t(
          'The data owner’s “{{name}}” usually has {{digits}} digits: zeros that are lacking at the front are put back on both sides.',
          { name, digits },
        ),
      ];
}

export function matchingClause(agreement: Agreement): Clause {
  const fields = agreement.terms.fields.map((f) =>
    t('“{{name}}” (as {{kind}})', { name: f.name, kind: t(FIELD_TYPE_RULES[f.type].words) }),
  );
  const table = emptyTable(agreement);
  return {
    title: t('Matching'),
    sentences: [
      t('Records are compared by {{fields}}.', { fields: listWords(fields) }),
      ...agreement.terms.fields.flatMap(writingWords),
      ...keysSentences(agreement),
    ],
    ...(table && { table }),
  };
}
