/** What a side without a person agrees to. */
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';

const BEYOND = (what: string) => `is beyond the study by its ${what}`;

const STUDY_MUTANTS = mutantsOf('src/unattended/within-study.ts', 'src/unattended/within-study.test.ts', [
  [
    'a smaller minimum',
    'minimumGroupSize < rules.minimumGroupSize',
    'minimumGroupSize < 2',
    'Figures of fewer people than the study allows',
    BEYOND('minimum'),
  ],
  [
    'figures that the study does not release',
    'filter((name) => !rules.statistics[name])',
    'filter((name) => rules.statistics[name] === undefined)',
    'Other figures than the study allows',
    'may not release what the study does not',
  ],
  [
    'missing values counted otherwise',
    'missingValues === rules.missingValues ?',
    'missingValues.length > 0 ?',
    'Figures over other rows than the study allows',
    BEYOND('missing values'),
  ],
  [
    'no noise',
    "if (perturbation?.kind !== 'noise') return ['The study releases figures with noise only.'];",
    "if (perturbation?.kind !== 'noise') return [];",
    'Exact figures, where the study allows those with noise',
    BEYOND('figures without noise'),
  ],
  [
    'any epsilon',
    'perturbation.epsilonThousandths <= Math.round(epsilon * 1000)',
    'perturbation.epsilonThousandths > 0',
    'Less noise than the study asks for',
    BEYOND('too large an epsilon'),
  ],
  [
    'a day that is over',
    'past === undefined ?',
    "past !== '' ?",
    'Tables after the study has ended',
    BEYOND('a day that is over'),
  ],
  [
    'any organisation',
    'limits?.organisations === undefined || isKnown',
    'limits?.organisations === undefined || true',
    'Tables for whom the study is not open',
    BEYOND('an organisation'),
  ],
  [
    'a list of any length',
    'listRows < least ?',
    'listRows < 1 ?',
    'Figures of the few people of a short list',
    BEYOND('a short list'),
  ],
  [
    'groups of the researcher’s',
    'limits?.researcherGroups ?? 1',
    'limits?.researcherGroups ?? 64',
    'As many tables in one run as the researcher has groups',
    BEYOND('groups'),
  ],
  [
    'too many groups of the researcher’s',
    'product * labels.length',
    'product + 0 * labels.length',
    'As many tables in one run as the researcher has groups',
    BEYOND('too many groups'),
  ],
  [
    'other tables',
    'if (tables === undefined) return terms.tables === undefined ?',
    'if (tables === undefined) return terms.version === 1 ?',
    'Several tables, which can be subtracted, where the study has one',
    BEYOND('tables'),
  ],
  [
    'another use of a column',
    'columns.get(name)?.use !== type',
    'columns.get(name) === undefined',
    'Fields are matched in a way that the study does not say',
    BEYOND('type'),
  ],
]);

export const UNATTENDED_MUTANTS: readonly Mutant[] = [
  ...STUDY_MUTANTS,
  ...mutantsOf('src/unattended/private-file.ts', 'src/cli/unattended-commands.test.ts', [
    [
      'files that others may read',
      'mode: 0o600',
      'mode: 0o644',
      'Links, ledger and results are there for everybody on the computer',
      'writes for this user alone',
    ],
    [
      'what was written first stays',
      'rmSync(written, { force: true });',
      '',
      'A table stays on the disk under a name that nobody looks for',
      'writes for this user alone',
    ],
  ]),
  ...mutantsOf('src/cli/ask-run.ts', 'src/cli/unattended-commands.test.ts', [
    [
      'links of any server',
      'if (THIS_COMPUTER.includes(hostname)) return;',
      'return;',
      'The list is given to whoever serves the page that the other side’s link opens',
      'a link of a server that nobody named',
    ],
    [
      'links of another server than the one that was named',
      'origin !== trusted.origin',
      'false',
      'The list is given to whoever serves the page that the other side’s link opens',
      'a link of another server',
    ],
    [
      'a run whose table cannot be written',
      "expectPlaces(terminal, { out: options.out === '-' ? undefined : options.out, json: options.json });",
      '',
      'A run counts, and its table is lost',
      'a table in no folder',
    ],
  ]),
  ...mutantsOf('src/cli/unattended-work.ts', 'src/cli/unattended-commands.test.ts', [
    [
      'a link in place of the data',
      'if (there && wasRead(terminal, there)) {',
      'if (false) {',
      'What comes of a run takes the place of the list or the data',
      'a link in place of the data',
    ],
    [
      'a table and a result in one file',
      'if (other !== undefined)',
      'if (false)',
      'The table of a run is lost under its result',
      'a table and a result in one file',
    ],
  ]),
];
