/** Puts mutants in place one by one, and sees whether the tests named for them notice. */
import { type Mutant, mutate, titleOf } from './mutant.ts';
import { runNamed, TestBench, type Verdict } from './test-bench.ts';

/** `unfit`: the row says nothing, because its line is not there, its test does not pass without it, or nothing could be built with it. */
export type Fate = 'killed' | 'survived' | 'unfit';

export interface Report {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** Of what is unfit. */
  readonly why?: string;
  readonly seconds: number;
}

/** A mutant can make a test wait for ever. One that takes this much longer than without the mutant has noticed it. */
const SLOWER = 4;
const SLACK_MS = 5_000;

/** `project`: its folder. `benches`: how many copies work at a time; mutants of one test file stay with one of them. */
export async function tryMutants(
  project: string,
  mutants: readonly Mutant[],
  benches: number,
  tell: (report: Report) => void,
): Promise<Report[]> {
  const waiting = [...new Set(mutants.map(({ test }) => test.file))].map((file) => ({
    file,
    own: mutants.filter(({ test }) => test.file === file),
  }));
  // The longest first, so that no copy works alone at the end for long.
  waiting.sort((a, b) => b.own.length - a.own.length);
  const reports: Report[] = [];
  const work = async () => {
    const bench = TestBench.copy(project);
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        for await (const report of tryOfFile(bench, next.file, next.own)) {
          reports.push(report);
          tell(report);
        }
      }
    } finally {
      await bench.delete();
    }
  };
  await Promise.all(Array.from({ length: Math.min(benches, waiting.length) }, work));
  return reports;
}

/** Mutants whose tests stand in one file. */
async function* tryOfFile(bench: TestBench, file: string, mutants: readonly Mutant[]): AsyncGenerator<Report> {
  const opened = performance.now();
  const unmutated = await bench.run(file, [...new Set(mutants.map(({ test }) => test.name))]);
  const longest = SLACK_MS + SLOWER * (performance.now() - opened);
  for (const mutant of mutants) {
    const started = performance.now();
    const verdict = unmutated.get(mutant.test.name);
    const outcome =
      verdict === 'passed'
        ? await tryOne(bench, mutant, longest)
        : ({ fate: 'unfit', why: `without it, "${mutant.test.name}" of ${file}: ${verdict}` } as const);
    yield { mutant, ...outcome, seconds: (performance.now() - started) / 1000 };
  }
}

async function tryOne(bench: TestBench, mutant: Mutant, longest: number): Promise<Pick<Report, 'fate' | 'why'>> {
  const { file, test } = mutant;
  let verdict: Verdict;
  try {
    verdict = await bench.having(
      file,
      (text) => mutate(text, mutant),
      () => runNamed(bench, test, longest),
    );
  } catch (error) {
    return { fate: 'unfit', why: error instanceof Error ? error.message : String(error) };
  }
  if (verdict === 'failed') return { fate: 'killed' };
  if (verdict === 'passed') return { fate: 'survived' };
  return { fate: 'unfit', why: `with it, "${test.name}" of ${test.file}: ${verdict}` };
}

/** Counts by fate, in words. */
export function countFates(reports: readonly Report[]): string {
  const count = (fate: Fate) => reports.filter((report) => report.fate === fate).length;
  const unfit = count('unfit');
  return `${count('killed')} killed, ${count('survived')} survived${unfit > 0 ? `, ${unfit} unfit` : ''}`;
}

/** One line. */
export function describeReport({ mutant, fate, why, seconds }: Report): string {
  const what =
    fate === 'killed'
      ? ''
      : `: ${why ?? `${mutant.gives}. Not noticed by "${mutant.test.name}" of ${mutant.test.file}`}`;
  return `${fate} ${titleOf(mutant)} (${seconds.toFixed(1)} s)${what}`;
}
