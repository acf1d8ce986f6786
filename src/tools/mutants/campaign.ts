/** Puts mutants in place one by one, and sees whether the tests named for them notice. */
import { type Mutant, mutate, titleOf } from './mutant.ts';
import { MAX_MS, type Outcome, TestBench } from './test-bench.ts';

/** `unfit`: the row says nothing, because its line is not there, its test does not pass without it, or nothing could be built with it. */
export type Fate = 'killed' | 'survived' | 'unfit';

export interface Report {
  readonly mutant: Mutant;
  readonly fate: Fate;
  /** Of what is unfit, why; of what was killed, how: by what the test said, or because it hung, was late or crashed. */
  readonly why?: string | undefined;
  readonly seconds: number;
}

/** A mutant can make a test wait for ever. One that takes this much longer than without the mutant has noticed it. */
const SLOWER = 4;
const SLACK_MS = 10_000;

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
  const names = [...new Set(mutants.map(({ test }) => test.name))];
  let unmutated = await timed(() => bench.run(file, names));
  // A browser that starts while the machine is busy, or while Vite makes dependencies ready, may be lost.
  if (names.some((name) => unmutated.result.get(name)?.verdict !== 'passed')) {
    unmutated = await timed(() => bench.run(file, names));
  }
  for (const mutant of mutants) {
    const outcome = unmutated.result.get(mutant.test.name);
    const tried = await timed(async () =>
      outcome?.verdict === 'passed'
        ? tryOne(bench, mutant, SLACK_MS + SLOWER * unmutated.milliseconds)
        : unfit(`without it, "${mutant.test.name}" of ${file}: ${inWords(outcome)}`),
    );
    yield { mutant, ...tried.result, seconds: tried.milliseconds / 1000 };
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly milliseconds: number }> {
  const started = performance.now();
  return { result: await work(), milliseconds: performance.now() - started };
}

type Judgement = Pick<Report, 'fate' | 'why'>;
const unfit = (why: string): Judgement => ({ fate: 'unfit', why });

/** How long an error may be that stands in a line. */
const MAX_ERROR = 160;
const inWords = ({ verdict, error }: Outcome = { verdict: 'absent' }) =>
  error === undefined ? verdict : error.length > MAX_ERROR ? `${error.slice(0, MAX_ERROR)}…` : error;

/** A busy machine makes tests late and looks like a hang, and a browser can crash by itself. */
const mayBeChance = ({ verdict }: Outcome) => ['hung', 'late', 'lost', 'crashed'].includes(verdict);

async function tryOne(bench: TestBench, mutant: Mutant, longest: number): Promise<Judgement> {
  const { file, test } = mutant;
  const run = async (limit: number): Promise<Outcome> =>
    (await bench.run(test.file, [test.name], limit)).get(test.name) ?? { verdict: 'absent' };
  const mutated = (limit: number) =>
    bench.having(
      file,
      (text) => mutate(text, mutant),
      () => run(limit),
    );
  let outcome: Outcome;
  try {
    outcome = await mutated(longest);
  } catch (error) {
    return unfit(error instanceof Error ? error.message : String(error));
  }
  // Only what happens again is the mutant's doing.
  if (mayBeChance(outcome)) {
    const again = await timed(() => run(MAX_MS));
    if (again.result.verdict !== 'passed')
      return unfit(`without it, after it ${outcome.verdict}: ${inWords(again.result)}`);
    outcome = await mutated(Math.max(longest, SLACK_MS + SLOWER * again.milliseconds));
  }
  if (outcome.verdict === 'failed' || mayBeChance(outcome)) return { fate: 'killed', why: inWords(outcome) };
  if (outcome.verdict === 'passed') return { fate: 'survived' };
  return unfit(`with it, "${test.name}" of ${test.file}: ${inWords(outcome)}`);
}

/** Counts by fate, in words. */
export function countFates(reports: readonly Report[]): string {
  const count = (fate: Fate) => reports.filter((report) => report.fate === fate).length;
  const unfit = count('unfit');
  return `${count('killed')} killed, ${count('survived')} survived${unfit > 0 ? `, ${unfit} unfit` : ''}`;
}

/** One line. */
export function describeReport({ mutant, fate, why, seconds }: Report): string {
  const what = why ?? `${mutant.gives}. Not noticed by "${mutant.test.name}" of ${mutant.test.file}`;
  return `${fate} ${titleOf(mutant)} (${seconds.toFixed(1)} s): ${what}`;
}

/** Titles of those that lines of `describeReport` tell killed. */
export function killedIn(lines: string): ReadonlySet<string> {
  return new Set([...lines.matchAll(/^killed (\S+\/.+?) \(\d+\.\d s\)/gm)].map(([, title]) => title as string));
}
