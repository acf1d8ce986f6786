/** The end of a run: what the researcher takes home, and whether it is that of the plaintext. */
import { expect } from '@playwright/test';
import Papa from 'papaparse';
import { type Agreement, agreementSchema } from '../../src/agreement/agreement.ts';
import type { MatchScores, ResultRow } from '../../src/agreement/result.ts';
import type { PlainTable } from './oracle.ts';
import type { Side } from './side.ts';

interface ResultFile {
  readonly agreement: Agreement;
  readonly agreementHash: string;
  readonly rows: readonly ResultRow[];
  readonly records: number;
  readonly matches: number;
  readonly scores: MatchScores;
  readonly version: string;
}

/** Runs to the end; resolves to the table on the page and both files. */
export async function finish(owner: Side, researcher: Side) {
  const shown = await researcher.result();
  await owner.finished();
  const csv = await researcher.download('Download CSV');
  const file = JSON.parse(await researcher.download('Download JSON')) as ResultFile;
  return { shown, csv, file, agreement: agreementSchema.parse(file.agreement) };
}

/** Compares the CSV with the plaintext, figure by figure. Resolves to the number of groups that were released. */
export function expectPlaintext(csv: string, agreement: Agreement, plain: PlainTable): number {
  const { groups, payloads, minimumGroupSize: minimum, statistics, perturbation } = agreement.terms;
  const lines = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
  expect(lines.map((line) => line.group)).toEqual([...plain.groups.keys()]);
  const asked = (['count', 'mean', 'sum', 'sd'] as const).filter((figure) => statistics[figure]);
  const counts = [...plain.groups.values()].map(({ count }) => (count < minimum ? undefined : count));
  const word = perturbation?.kind === 'noise' ? `<${minimum}` : `<${minimum} or withheld`;
  // By lot, so the file says which; but at least one, and two at most.
  const withheld = counts.flatMap((count, group) =>
    count !== undefined && lines[group]?.count === word ? [group] : [],
  );
  const open = counts.filter((count) => count !== undefined).length;
  const mostWithheld = open === counts.length ? 0 : Math.min(2, open);
  expect(withheld.length).toBeGreaterThanOrEqual(Math.min(1, mostWithheld));
  expect(withheld.length).toBeLessThanOrEqual(mostWithheld);
  const byThemselves = agreement.terms.missingValues === 'each-column';
  let released = 0;
  for (const [group, line] of lines.entries()) {
    const truth = plain.groups.get(line.group ?? '');
    if (truth === undefined) throw new Error(`a group of its own: ${line.group}`);
    if (groups.length === 2) expect(groups.map(({ name }) => line[name]).join(' / ')).toBe(line.group);
    const hidden = withheld.includes(group) || truth.count < minimum ? word : undefined;
    expect(line.count).toBe(hidden ?? String(truth.count));
    if (hidden === undefined) released++;
    const tells = truth.gaps.some((rows) => rows < minimum);
    for (const [i, { name, complete }] of payloads.entries()) {
      const figures = truth.payloads[i];
      if (figures === undefined) throw new Error(`no figures of ${name}`);
      for (const figure of asked) {
        const cell = line[`${name}_${figure}`];
        const where = `${figure} of ${name} in ${line.group}`;
        const small = figures.count < minimum || (byThemselves && !complete && tells);
        const unseen = hidden ?? (small ? word : undefined);
        if (unseen !== undefined) expect(cell, where).toBe(figure === 'count' ? unseen : '');
        else expect(Number(cell), where).toBeCloseTo(figures[figure], figure === 'count' || figure === 'sum' ? 9 : 6);
      }
    }
  }
  return released;
}
