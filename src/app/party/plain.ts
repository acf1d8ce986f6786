/** The agreement in plain sentences. Both people read the same text, so nobody is addressed as “you”. */

import type { Agreement, GroupColumn, PayloadColumn, Perturbation, Terms } from '../../agreement/agreement.ts';
import { addsValues, askedNames, STATISTICS } from '../../agreement/statistics.ts';

import { payloadsOf } from '../../agreement/tables.ts';
import { OTHER_LABEL } from '../../table/group-labels.ts';
import { noiseMargin, planCount, planNoise } from '../../tally/noise-plan.ts';
import { counted, numberWords, roundedWords } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
import { payloadColumns } from './bindings.ts';
import { groupedColumns } from './group-ranges.ts';
import { matchingClause } from './matching-clause.ts';
import {
  type Clause,
  labelWords,
  listWords,
  perturbationWords,
  quoted,
  statisticsWords,
  tableWords,
} from './plain-words.ts';
import type { PartyState } from './state.ts';
import { tablePlans } from './tables.ts';
import { perturbationOf } from './terms.ts';

function payloadSentence({ name, minimum, maximum, decimals, complete }: PayloadColumn): string {
  const places = decimals === 0 ? t('whole numbers') : counted(decimals, 'decimal');
  const missing = complete ? t('no value is missing') : t('some rows lack a value');
  return t(
    '“{{name}}”: values from {{minimum}} to {{maximum}}, {{places}}; values outside are set to the nearer end; {{missing}}.',
    { name, minimum: numberWords(minimum), maximum: numberWords(maximum), places, missing },
  );
}

/** `“sex”, with the groups F and M`. */
function groupWords({ name, labels, edges }: GroupColumn): string {
  const values = { name, labels: labelWords(labels) };
  return edges
    ? t('“{{name}}” in ranges, with the groups {{labels}}', values)
    : t('“{{name}}”, with the groups {{labels}}', values);
}

/** How the researcher divides the table; empty where they do not. */
function strataSentences({ list: { strata }, terms }: Agreement): string[] {
  if (strata === undefined) return [];
  const columns = strata.map(groupWords);
  const times = terms.groups.length === 0 ? t('each of them') : t('each of them and each of the groups above');
  const which = terms.tables === undefined ? t('the table') : t('each table');
  return [
    t(
      'The researcher also groups the list by {{columns}}: {{which}} has a line for {{times}}. Nobody is in two of them.',
      { columns: columns.join(t('; and ')), which, times },
    ),
  ];
}

/** What each of several tables has, and how they open; empty of a single one. */
function tableSentences(terms: Terms): string[] {
  if (terms.tables === undefined) return [];
  const each = terms.tables.map((table, i) => {
    const averages = payloadsOf(terms, table).map(({ name }) => quoted(name));
    const of = averages.length === 0 ? t('counts only') : t('with {{averages}}', { averages: listWords(averages) });
    return t('Table {{number}}: {{name}}, {{of}}.', { number: i + 1, name: tableWords(terms, table), of });
  });
  return [
    ...each,
    t(
      'All of them are over the same matches, so they have the same totals. A table therefore opens whole or stays sealed, by itself for each group of the researcher’s: it stays sealed if in any of its groups is somebody, but fewer people than the minimum. Where one column nearly follows from another, two tables can still differ by few people.',
    ),
  ];
}

function tableClause(agreement: Agreement): Clause {
  const { terms } = agreement;
  const groups = terms.groups.map(groupWords);
  const by = terms.tables
    ? t('There are {{tables}} tables, with a line for each group or combination of groups. Columns: {{groups}}.', {
        tables: terms.tables.length,
        groups: groups.join('; '),
      })
    : groups.length === 0
      ? t('There are no groups: the table has one line, for everybody who matches.')
      : groups.length === 2
        ? t('The table has a line for each combination of {{groups}}.', { groups: groups.join(t('; and ')) })
        : t('The table has a line for each group of {{groups}}.', { groups: groups.join(t('; and ')) });
  const folded = terms.groups.some((g) => g.labels.includes(OTHER_LABEL));
  const other = t('{{other}} holds the groups too small to be named.', { other: OTHER_LABEL });
  const statistics = statisticsWords(terms.statistics);
  const released = terms.statistics.count
    ? t('Released for each: {{statistics}}.', { statistics })
    : t('Released for each: the number of people behind it, and {{statistics}}.', { statistics });
  return {
    title: agreement.terms.tables ? t('The tables') : t('The table'),
    sentences: [
      by,
      ...tableSentences(terms),
      ...strataSentences(agreement),
      ...(folded ? [other] : []),
      released,
      ...terms.payloads.map(payloadSentence),
      ...missingSentences(terms),
    ],
  };
}

/** Which rows count where values are missing; empty where none is. */
export function missingSentences({ payloads, missingValues }: Pick<Terms, 'payloads' | 'missingValues'>): string[] {
  const incomplete = payloads.filter(({ complete }) => !complete).map(({ name }) => quoted(name));
  if (incomplete.length === 0) return [];
  if (missingValues !== 'each-column') {
    return [
      incomplete.length === 1
        ? t('Complete cases: a row that lacks a value of {{name}} counts in no figure and in no group.', {
            name: incomplete[0] ?? '',
          })
        : t('Complete cases: a row that lacks a value of any of {{names}} counts in no figure and in no group.', {
            names: listWords(incomplete),
          }),
    ];
  }
  return [
    t('Each column by itself: a row counts in its group and in the figures of every column that it has a value of.'),
    t(
      'The figures of {{incomplete}} stay sealed in a group where any combination of missing values is that of fewer people than the minimum, but of somebody.',
      { incomplete: listWords(incomplete) },
    ),
  ];
}

/** What noise or rounding does to the figures, for agreement, table and files alike; empty where they are exact. */
export function perturbationSentences(agreement: Agreement): string[] {
  const { perturbation } = agreement.terms;
  if (perturbation?.kind === 'rounding') return roundingSentences(agreement, perturbation.base);
  return perturbation === undefined ? [] : noiseSentences(agreement);
}

function roundingSentences({ terms }: Agreement, base: number): string[] {
  const { payloads, statistics } = terms;
  const others = payloads.length > 0 && addsValues(statistics);
  return [
    t('Counts are rounded to multiples of {{base}}.', { base }),
    ...(others
      ? [
          t(
            'Means and standard deviations are rounded to the decimals of the values; a sum is the rounded count times the rounded mean.',
          ),
        ]
      : []),
  ];
}

function noiseSentences(agreement: Agreement): string[] {
  const { payloads, statistics, perturbation } = agreement.terms;
  const plan = planNoise(agreement);
  if (plan === undefined) return [];
  const sums = addsValues(statistics) ? payloads : [];
  const within = sums.map(({ name, decimals }, i) => {
    const sum = plan.sums[i];
    return t('a sum of “{{name}}” within {{margin}}', {
      name,
      margin: sum ? roundedWords(noiseMargin(sum, decimals), 3) : '',
    });
  });
  const count = t('a count is within {{margin}} of the true one', {
    margin: roundedWords(noiseMargin(plan.count, 0), 3),
  });
  const derived = listWords(
    askedNames(statistics).flatMap((name) => (STATISTICS[name].derived ? t(STATISTICS[name].plural) : [])),
  );
  return [
    t('Every released count and sum carries random {{perturbation}} for each matched row (discrete Laplace).', {
      perturbation: perturbationWords(perturbation),
    }),
    t('95 times in 100, {{what}}.', { what: listWords([count, ...within]) }),
    ...(sums.length > 0 && derived !== ''
      ? [t('The {{derived}} are computed from these noisy counts and sums.', { derived })]
      : []),
    t(
      'A noisy figure may be impossible, a negative count for example. It is not corrected, so that noise cancels out over many figures.',
    ),
  ];
}

/** Owner, before there is an agreement: what noise will do to a count, in words; undefined without noise. */
export function countMargin(state: PartyState): string | undefined {
  const { statistics, protection, epsilon, missingValues } = state.rules;
  if (protection !== 'noise' || !(epsilon >= 0.01 && epsilon <= 20) || state.file.kind !== 'ready') return undefined;
  const perturbation = perturbationOf(state.rules);
  const groups = groupedColumns(state).map(({ name }) => ({ name, labels: [] }));
  const tables = tablePlans(state);
  const terms = { groups, payloads: payloadColumns(state), tables, statistics, perturbation, missingValues };
  const count = planCount(terms, state.file.summary.rows);
  return count && roundedWords(noiseMargin(count, 0), 3);
}

/** A clause that is written at the top of this module, in the person's language. */
function translated({ title, sentences }: Clause): Clause {
  return { title: t(title), sentences: sentences.map((sentence) => t(sentence)) };
}

/** What a perturbation does not do. */
const CAVEATS: Readonly<Record<Perturbation['kind'], Clause>> = {
  noise: {
    title: message('Noise'),
    sentences: [
      message('Whether a group reaches the minimum is decided by its exact count; noise does not cover that.'),
    ],
  },
  rounding: {
    title: message('Rounding'),
    sentences: [
      message(
        'The researcher’s page rounds. That protects what is shown and published, not against a researcher who changes their page.',
      ),
    ],
  },
};

function perturbationClause(agreement: Agreement): Clause[] {
  const { perturbation } = agreement.terms;
  if (perturbation === undefined) return [];
  const { title, sentences } = translated(CAVEATS[perturbation.kind]);
  return [{ title, sentences: [...perturbationSentences(agreement), ...sentences] }];
}

const WITHHELD = message(
  'Where a group stays sealed, the researcher’s page withholds at least one more from table and files, by lot, a small one rather than a large one, and does not say which is which. Otherwise the sealed count could be found by subtraction. Another run may withhold other groups: the tables of two runs over the same people must not both be published.',
);

function sizesClause({ terms, list }: Agreement): Clause {
  return {
    title: t('Sizes and limits'),
    sentences: [
      t(
        'A figure over fewer than {{minimum}} matched people stays sealed. The data owner’s browser enforces this without learning whether it happened.',
        { minimum: terms.minimumGroupSize },
      ),
      ...(terms.perturbation?.kind === 'noise' || terms.groups.length === 0 || terms.tables ? [] : [t(WITHHELD)]),
      t('The data has at most {{dataRows}} rows and the list at most {{listRows}}; both numbers are rounded up.', {
        dataRows: numberWords(terms.dataRows),
        listRows: numberWords(list.listRows),
      }),
    ],
  };
}

const LEARNS: readonly Clause[] = [
  {
    title: message('What the data owner learns'),
    sentences: [
      message(
        'That this query ran, this agreement, an upper bound on the length of the list, and what share of it lacks a value in each field.',
      ),
      message(
        'Never: any field of the list, which rows matched, how many matched, or whether a group reached the minimum.',
      ),
    ],
  },
  {
    title: message('What the researcher learns'),
    sentences: [
      message('The released table, and which groups stay sealed.'),
      message(
        'Which records of the list found a match. A pseudonym that is new every time stands for the matched row.',
      ),
      message(
        'On which bands the two agreed. From that follows which fields of the matched row are the same, and which it lacks.',
      ),
      message(
        'Never: any field of the data, the group or value of any row, or which row a pseudonym stands for. Of groups below the minimum: only what follows from the other groups and from the number of matches.',
      ),
    ],
  },
  {
    title: message('What anyone else learns'),
    sentences: [
      message(
        'That two addresses talk, how much and when (the signalling server, a relay, the network). Nothing more.',
      ),
    ],
  },
];

/** The agreement clause by clause; what both say of the study is in its summary. */
export function agreementClauses(agreement: Agreement): Clause[] {
  return [
    matchingClause(agreement),
    tableClause(agreement),
    sizesClause(agreement),
    ...perturbationClause(agreement),
    ...LEARNS.map(translated),
  ];
}
