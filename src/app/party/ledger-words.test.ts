import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../agreement/agreement.ts';
import { Ledger } from '../../ledger/ledger.ts';
import { queryOf } from '../../ledger/query.ts';
import { memoryStore } from '../../ledger/stores.ts';
import { madeUpAgreement } from '../../testing/made-up-tally.ts';
import { overlapSentences, refusalWords, runWords, standingSentences } from './ledger-words.ts';

const FILE = 'cc'.repeat(32);
const base = madeUpAgreement({ groups: [3], payloads: 1, dataRows: 500, minimum: 10 });
const asked = (terms: Partial<Agreement['terms']> = {}): Agreement => ({ ...base, terms: { ...base.terms, ...terms } });

async function standingAfter(...agreements: Agreement[]) {
  const ledger = new Ledger(memoryStore(), () => new Date('2026-03-01T12:00:00Z'));
  for (const [i, agreement] of agreements.entries()) {
    const terms = { ...agreement.terms, nonce: i.toString(16).padStart(32, '0') };
    await ledger.begin(FILE, { ...agreement, terms });
  }
  return ledger.standing(FILE);
}

describe('the ledger in words', () => {
  it('says how often a file was asked, and what epsilon does not cover', async () => {
    expect(standingSentences(await standingAfter())).toEqual([
      'No run has been made with this file. You have set no limit.',
    ]);
    const perturbation = { kind: 'noise', epsilonThousandths: 250 } as const;
    const standing = await standingAfter(asked({ perturbation }), asked({ perturbation }), asked());
    expect(standingSentences(standing)[1]).toBe(
      'Epsilon of all runs with noise together: 0.5. No epsilon covers the 1 run without noise.',
    );
    const words = standing.runs.map(runWords);
    expect(words[0]).toContain('of “payload 1” by “group 1”, minimum 10, noise with epsilon 0.25; no ending recorded');
    expect(words[2]).toContain('minimum 10, exact');
  });

  it('points out earlier tables that the next one can be compared with, and in what they differ', async () => {
    const other = { name: 'else', labels: ['a', 'b'] };
    const standing = await standingAfter(
      asked({ groups: [other], payloads: [] }),
      asked({ groups: [] }),
      asked({ minimumGroupSize: 5, agreeingBands: 3 }),
      asked(),
    );
    const found = overlapSentences(standing, queryOf(asked()));
    expect(found).toHaveLength(3);
    expect(found[0]).toContain('It asked the same under the same rules, so only the lists can differ.');
    expect(found[1]).toContain(
      'shares “group 1” and “payload 1”. It differs in: minimum group size and agreeing bands.',
    );
    expect(found[2]).toContain('shares “payload 1”. It differs in: groups.');
    const totals = overlapSentences(standing, queryOf(asked({ groups: [], payloads: [] })));
    expect(totals.at(-1)).toContain('holds totals of this one');
    const bigger = queryOf({ ...base, list: { ...base.list, listRows: 600 } });
    expect(overlapSentences(standing, bigger)[0]).toContain('It differs in: list size.');
  });

  it('says why a run is refused and what to do', () => {
    const limit = { runs: 1, days: 30, epsilonThousandths: 500 };
    const freeAt = new Date('2026-04-01T12:00:00Z');
    expect(refusalWords({ kind: 'runs', limit, freeAt })).toMatch(/1 run in 30 days.*Wait until .*2026.*Rules step/);
    expect(refusalWords({ kind: 'exact', limit })).toContain('no noise');
    expect(refusalWords({ kind: 'epsilon', limit, leftThousandths: 20 })).toContain('0.02 of it is left');
  });
});
