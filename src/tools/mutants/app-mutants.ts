/** What a side's page does around a run: what it says before one, its ledger, its reloads, and what it tells the person at the end. */
import type { Mutant } from './mutant.ts';
import { mutantsOf } from './mutants-of.ts';

const PARTY = 'src/app/party/party.test.ts';
const STRATA = 'src/app/party/strata.test.ts';
const ENTRY = 'write a run into the owner’s ledger before it starts';

export const APP_MUTANTS: readonly Mutant[] = [
  ...mutantsOf('src/app/party/meeting.ts', 'src/app/party/reload.test.ts', [
    [
      'lists counted anew after a reload of the other page',
      'services.negotiate(this.#store.getSnapshot().role, channel, this.#limit);',
      'services.negotiate(this.#store.getSnapshot().role, channel, new ProposalLimit());',
      'A researcher who reloads asks the owner’s page without end what its file makes of a list',
      'has said as many lists as before',
    ],
  ]),
  ...mutantsOf('src/app/party/meeting.ts', PARTY, [
    [
      'the minimum of groups follows the newest terms',
      '(strataMinimum ?? terms?.minimumGroupSize)',
      '(terms?.minimumGroupSize ?? strataMinimum)',
      'An owner who proposes one minimum after the other learns how many of the list bear each label',
      'take an acceptance back by going back, and propose anew what was changed',
    ],
  ]),
  ...mutantsOf('src/app/party/agreement-controller.ts', PARTY, [
    [
      'a run without an entry',
      'await this.#ledger.begin(settled.agreement);',
      '',
      'A run that the ledger does not know, and that its limit does not count',
      ENTRY,
    ],
    [
      'a run starts though the ledger refuses it',
      'return;',
      '',
      'Another table beyond the limit',
      'start no run whose place under the limit another tab has taken',
      'settled.pool.close();',
    ],
    [
      'another agreement than the one on the screen',
      'if (read !== undefined && read !== hash) {',
      'if (read !== undefined && read !== hash && read === undefined) {',
      'The other side puts other terms into the place of those that are read',
      'accept no other agreement than the one that was read',
    ],
  ]),
  ...mutantsOf('src/app/party/endings.ts', 'src/app/party/endings.test.ts', [
    [
      'nothing was released, whatever was',
      'const fate = fateOf(released);',
      'const fate = fateOf(false);',
      'The owner takes a table that is out for none, and answers once more',
      'does not say that nothing was released once the release has left',
    ],
    [
      'the owner’s limit in the researcher’s words',
      "'limit-reached': ({ byPeer, message }) =>",
      "'limit-reached': ({ message }, byPeer = false) =>",
      'What the owner’s limit and ledger say is told to the researcher',
      'tells the owner their limit, and the researcher only that there is one',
    ],
    [
      'words of the other page as one’s own',
      'byPeer ? peerWords(message) : sentence(message),',
      'sentence(message),',
      'The other side has this page tell its person what to do, such as to open another address',
      'shows no words of a peer’s as its own',
    ],
    [
      'a quotation that the other page can end',
      'const words = known === given ? quotable(given) : known;',
      'const words = known;',
      'The other side has this page tell its person what to do, such as to open another address',
      'shows no words of a peer’s as its own',
    ],
  ]),
  ...mutantsOf('src/app/party/few-values.ts', 'src/app/party/few-values.test.ts', [
    [
      'columns of three values with standard deviations',
      'const TOLD_BY_SQUARES = 3;',
      'const TOLD_BY_SQUARES = 2;',
      'The owner is not told that figures count fewer people than the minimum',
      'have two values, and with standard deviations three',
    ],
  ]),
  ...mutantsOf('src/table/csv-writer.ts', 'src/table/csv-writer.test.ts', [
    [
      'formulas at the start of a cell',
      '{ escapeFormulae: FORMULA }',
      '{}',
      'A label of the other side runs in the spreadsheet of whoever opens the result',
      'disarms',
    ],
    [
      'formulas after another separator',
      'text.replaceAll(WITHIN, "\'")',
      'text',
      'A label of the other side runs in a spreadsheet that parts files at semicolons, as those do where commas are decimal points',
      'disarms formulas of spreadsheets that part a file elsewhere than at its commas',
    ],
  ]),
  ...mutantsOf('src/app/party/strata.ts', STRATA, [
    [
      'groups by the minimum of the newest terms',
      'return first ?? negotiation?.terms?.minimumGroupSize',
      'return negotiation?.terms?.minimumGroupSize ?? first',
      'An owner who proposes one minimum after the other learns how many of the list bear each label',
      'stay the same whatever other minimums the owner proposes',
    ],
    [
      'groups by name towards the owner',
      'return state.hideGroups ? columns.map(hidden) : columns;',
      'return columns;',
      'The owner reads the groups of the list, which the researcher has hidden',
      'are numbers to the owner where the researcher hides them',
    ],
    [
      'rare groups by name',
      'foldLabels(group.labels, strataMinimum(state))',
      'foldLabels(group.labels, 0)',
      'The owner reads what few of the list bear',
      'are named in the agreement but for those below the minimum',
    ],
  ]),
  ...mutantsOf('src/app/party/joint-groups.ts', 'src/app/party/tables.test.ts', [
    [
      'small combinations of two tables not told',
      'rows > 0 && rows < minimum',
      'rows > 0 && rows < 1',
      'The owner does not learn that two of their tables differ by few people',
      'columns of different tables are looked at together',
    ],
  ]),
];
