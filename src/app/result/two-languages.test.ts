import { afterEach, expect, it } from 'vitest';
import { agreementHash } from '../../agreement/agreement.ts';
import { rangeLabels } from '../../agreement/ranges.ts';
import type { ResearcherResult } from '../../agreement/result.ts';
import { askedFor, STATISTIC_NAMES } from '../../agreement/statistics.ts';
import { Ledger } from '../../ledger/ledger.ts';
import { memoryStore } from '../../ledger/stores.ts';
import { composeAgreement } from '../../protocol/negotiation.ts';
import { analyse } from '../../statistics/analyse.ts';
import { firstChoice } from '../../statistics/first-choice.ts';
import { madeUpStep } from '../../testing/made-up-scores.ts';
import { plainColumn, plainTable } from '../../testing/plain-table.ts';
import catalogue from '../../words/de.json';
import { forPrograms, speak } from '../../words/translate.ts';
import { methodsParagraph } from '../analysis/methods.ts';
import { reportCsv, reportJson } from '../analysis/report-files.ts';
import { cellsOf } from '../analysis/result-cells.ts';
import { agreementSummary } from '../party/agreement-summary.ts';
import { agreementClauses } from '../party/plain.ts';
import { initialState, NO_STUDY, type PartyState } from '../party/state.ts';
import { offeredStrata } from '../party/strata.ts';
import { studyJson } from '../party/study-file.ts';
import { buildTerms } from '../party/terms.ts';
import { agreementJson, proposedJson, resultCsv, resultJson } from './result-files.ts';

const AT = '2026-11-30T12:00:00.000Z';
const measure = { seconds: 1, bytesSent: 2, bytesReceived: 3 };

function stateOf(role: PartyState['role']): PartyState {
  const summary = plainTable(
    ['surname', 'arm', 'weight'].map((name) => plainColumn(name)),
    900,
  );
  const labels = ['a', 'b'].map((label) => ({ label, rows: 200 }));
  return {
    ...initialState(role),
    file: { kind: 'ready', summary },
    uses: ['name', 'group', role === 'owner' ? 'average' : 'ignore'],
    ranges: role === 'owner' ? { 2: '0, 18.5, 65' } : {},
    payloads: { 2: { minimum: 0, maximum: 90, decimals: 1, problems: [], missing: 1 } },
    groups: { 1: { kind: 'ready', labels } },
    hideGroups: true,
    study: { ...NO_STUDY, title: 'Falls', until: '2027-03-31' },
  };
}

function agreementWith(noise: boolean) {
  const edges = [0, 18.5, 65];
  const terms = buildTerms({
    fields: [{ name: 'surname', type: 'name' }],
    keys: {
      source: 'minhash',
      seed: '00'.repeat(16),
      bands: [1, 3, 4, 5].map((pick) => ({ fields: [{ field: 0, picks: [pick, 2] }] })),
    },
    agreeingBands: 3,
    groups: [{ name: 'age', edges, labels: rangeLabels(edges).map((label) => ({ label, rows: 300 })) }],
    payloads: [{ name: 'weight', minimum: 0, maximum: 200, decimals: 1, complete: false }],
    statistics: askedFor(...STATISTIC_NAMES),
    minimumGroupSize: 10,
    perturbation: noise ? { kind: 'noise', epsilonThousandths: 500 } : { kind: 'rounding', base: 5 },
    study: { title: 'Falls' },
    rows: 4321,
    nonce: '0f'.repeat(16),
  });
  const strata = offeredStrata(stateOf('researcher'));
  return composeAgreement(terms, { listRows: 2000, emptyShares: [0.25], strata, nonce: '11'.repeat(16) });
}

function resultOf(agreement: ReturnType<typeof agreementWith>): ResearcherResult {
  const strata = agreement.list.strata ?? [];
  return {
    agreement,
    agreementHash: agreementHash(agreement),
    strata,
    rows: (strata[0]?.labels ?? []).flatMap((arm, i) =>
      (agreement.terms.groups[0]?.labels ?? []).map((label, j) => {
        const count = i + j === 0 ? undefined : 1000 * i + 100 * j + 25;
        const figures = { payload: 'weight', mean: 61.5 + i, sum: 61.5 * 1025, sd: 3.25, count: count ?? 0 };
        return {
          strata: [arm],
          labels: [label],
          count,
          payloads: [count === undefined ? { payload: 'weight', suppressed: true } : { ...figures, suppressed: false }],
        };
      }),
    ),
    records: 1900,
    recordsWithKey: 1899,
    matches: 1234,
    strataMatches: [600, 634],
    strataRecords: [900, 1000],
    scores: {
      steps: [madeUpStep({ weight: 9, candidates: 1300, matches: 1234, precision: 0.75 })],
      threshold: 9,
      records: 1900,
    },
    measures: { linkage: measure, table: measure },
    finishedAt: AT,
    version: '0.1.0',
  };
}

/** All that a side sends, hashes, stores, or writes into files that programs read. */
async function made(noise: boolean): Promise<readonly string[]> {
  const agreement = agreementWith(noise);
  const result = resultOf(agreement);
  const table = cellsOf(result);
  const analyses = (['averages', 'difference', 'counts', 'linear', 'logistic', 'distribution'] as const).flatMap(
    (kind) => firstChoice(kind, table) ?? [],
  );
  const reports = analyses.map((choice) => forPrograms(() => analyse(table, choice)));
  const ledger = new Ledger(memoryStore(), () => new Date(AT));
  const file = await ledger.fingerprint(new Uint8Array(32));
  await ledger.begin(file, agreement);
  await ledger.end(file, agreement, 'finished');
  const entries = (await ledger.standing(file)).runs.map(({ entry }) => JSON.stringify(entry.query));
  return [
    proposedJson(agreement),
    agreementHash(agreement),
    ...(['owner', 'researcher'] as const).map((role) => studyJson(stateOf(role))),
    resultCsv(result),
    resultJson(result),
    agreementJson({ ...result, kind: 'outcome', leftOut: { capped: 1, overflowed: 2 } } as never),
    ...entries,
    ...reports.map((report) => reportCsv(report)),
    ...reports.map((report) =>
      reportJson(
        report,
        forPrograms(() => methodsParagraph(result, report)),
        result,
      ),
    ),
  ];
}

afterEach(() => speak('en', {}));

it.each([true, false])(
  'makes the same agreement, hash, entries and files in German as in English; noise: %s',
  async (noise) => {
    const english = await made(noise);
    const said = JSON.stringify([agreementSummary(agreementWith(noise)), agreementClauses(agreementWith(noise))]);
    speak('de', catalogue);
    expect(await made(noise)).toEqual(english);
    // Else nothing was compared: the same agreement is read in German.
    const gesagt = JSON.stringify([agreementSummary(agreementWith(noise)), agreementClauses(agreementWith(noise))]);
    expect(gesagt).not.toBe(said);
    expect(gesagt).toContain('Die forschende Stelle erfährt');
  },
);
