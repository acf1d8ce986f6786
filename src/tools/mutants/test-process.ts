/**
 * A process with one Vitest, which keeps its browser open and is told which tests to run. Whatever a mutant makes of it,
 * the campaign goes on without it.
 */
import { join } from 'node:path';
import { createVitest, type TestModule, type Vitest } from 'vitest/node';

/**
 * `broken`: the tests could not even be collected, as after a mistake in spelling. `absent`: no test has the name.
 * `late`: its time was up, and `lost`: the browser never told of it, both of which a busy machine can do as well as a mutant.
 */
export type Verdict = 'passed' | 'failed' | 'late' | 'lost' | 'broken' | 'absent';

export interface Order {
  /** From the copy's folder. */
  readonly file: string;
  /** All tests run whose full names have one of these in them. */
  readonly names: readonly string[];
  /** Files, from the copy's folder, that say something else since the last order. */
  readonly changed: readonly string[];
}

/** How each of an order's names did, and of what failed the first line of its error. */
export type Answer = readonly (readonly [name: string, verdict: Verdict, error?: string | undefined])[];

async function carryOut(root: string, vitest: Vitest, { file, names, changed }: Order): Promise<Answer> {
  for (const path of changed) vitest.invalidateFile(join(root, path));
  const wanted = `${file.includes('.browser.test.') ? 'browser' : 'node'}${file.includes('.long.') ? '-long' : ''}`;
  // A project in a browser has the browser's name after its own.
  const project = vitest.projects.find(({ name }) => name.split(' ')[0] === wanted);
  if (!project) throw new Error(`vite.config.ts has no project "${wanted}"`);
  const testNamePattern = new RegExp(names.map(literally).join('|'));
  const path = join(root, file);
  const { testModules } = await vitest.runTestSpecifications([project.createSpecification(path, { testNamePattern })]);
  const module = testModules.find(({ moduleId }) => moduleId === path);
  return names.map((name) => [name, ...(module ? judge(module, name) : (['lost'] as const))] as const);
}

/** As Vitest says it of a test and of a hook. */
const LATE = /^(Test|Hook) timed out in/;

function judge(module: TestModule, name: string): readonly [Verdict, error?: string | undefined] {
  const tests = [...module.children.allTests()];
  if (tests.length === 0) return ['broken'];
  const named = tests.filter(({ fullName }) => fullName.replaceAll(' > ', ' ').includes(name));
  if (named.length === 0) return ['absent'];
  const results = named.map((test) => test.result());
  const failed = results.filter(({ state }) => state === 'failed');
  // A hook that throws fails no test: those that it was for are skipped.
  if (failed.length === 0 && results.every(({ state }) => state === 'passed')) return ['passed'];
  if (failed.length === 0 && module.state() !== 'failed') return ['absent'];
  const errors = failed.length > 0 ? failed.flatMap((result) => result.errors ?? []) : module.errors();
  const lines = errors.map(({ message }) => message.split('\n', 1)[0] as string);
  const wrong = lines.find((line) => !LATE.test(line));
  return wrong === undefined && lines.length > 0 ? ['late'] : ['failed', wrong];
}

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const open = (root: string) =>
  createVitest(
    'test',
    {
      root,
      config: join(root, 'vite.mutants.config.ts'),
      watch: false,
      reporters: [{}],
      silent: true,
      fileParallelism: false,
    },
    { clearScreen: false },
  );

/** How long tests wait for what a mutant may have taken away, milliseconds: seldom more than a second where nothing is wrong. */
const WAIT_MS = 4_000;

function main(root: string): void {
  process.env.BLINDJOIN_WAIT_MS = String(WAIT_MS);
  const vitest = open(root);
  process.on('message', async (order: Order) => {
    const answer = await carryOut(root, await vitest, order);
    // After a hang nobody waits for it.
    if (process.connected) process.send?.(answer);
  });
  const end = async () => {
    await (await vitest).close();
    process.exit();
  };
  process.on('disconnect', end);
}

const [, , root] = process.argv;
if (root === undefined || !process.send) throw new Error('this is started by test-bench.ts');
main(root);
