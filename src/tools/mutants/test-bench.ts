/** A copy of the project in which lines are changed and named tests run; the project itself stays as it is. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVitest, type TestModule, type Vitest } from 'vitest/node';
import type { NamedTest } from './mutant.ts';

/** What a copy needs for unit tests. Data that some tests read lies beside the project and is not copied: they skip themselves. */
const COPIED = [
  'src',
  'public',
  'docs',
  'README.md',
  'SECURITY.md',
  'index.html',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
];

/** Kept apart from the project's: dependencies made ready for the browser, and files served through a link. */
const CONFIG = `import config from './vite.config.ts';
export default { ...config, cacheDir: '.vite', server: { fs: { strict: false } } };
`;

/** Longest that a run without a mutant may take before it counts as a hang. */
const LONGEST_MS = 300_000;

/** `broken`: the tests could not even be collected, as after a mistake in spelling. `absent`: no test has the name. */
export type Verdict = 'passed' | 'failed' | 'broken' | 'absent';

export class TestBench {
  private vitest: Promise<Vitest> | undefined;

  private constructor(private readonly root: string) {}

  /** `project`: its folder. */
  static copy(project: string): TestBench {
    const root = mkdtempSync(join(tmpdir(), 'blindjoin-mutants-'));
    for (const name of COPIED) cpSync(join(project, name), join(root, name), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
    writeFileSync(join(root, 'vite.mutants.config.ts'), CONFIG);
    return new TestBench(root);
  }

  /** Runs `work` while `file` says what `change` makes of it. Throws what `change` throws. */
  async having<T>(file: string, change: (text: string) => string, work: () => Promise<T>): Promise<T> {
    const path = join(this.root, file);
    const original = readFileSync(path, 'utf8');
    const text = change(original);
    const write = async (content: string) => {
      writeFileSync(path, content);
      (await this.vitest)?.invalidateFile(path);
    };
    await write(text);
    try {
      return await work();
    } finally {
      await write(original);
    }
  }

  /**
   * Runs all tests of a file whose full names have one of `names` in them; says how each of `names` did. All failed
   * where they take longer than `longest`, in milliseconds.
   */
  async run(file: string, names: readonly string[], longest = LONGEST_MS): Promise<Map<string, Verdict>> {
    const vitest = await this.open();
    const project = vitest.projects.find(({ name }) =>
      name.startsWith(file.includes('.browser.test.') ? 'browser' : 'node'),
    );
    if (!project) throw new Error('vite.config.ts has no projects "node" and "browser"');
    const testNamePattern = new RegExp(names.map(literally).join('|'));
    const specification = project.createSpecification(join(this.root, file), { testNamePattern });
    let timer: NodeJS.Timeout | undefined;
    const hang = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), longest);
    });
    const result = await Promise.race([vitest.runTestSpecifications([specification]), hang]);
    clearTimeout(timer);
    if (!result) {
      // A run that hangs ends with its own time limit; another Vitest need not wait for it.
      void this.close();
      return new Map(names.map((name) => [name, 'failed']));
    }
    const module = result.testModules.find(({ moduleId }) => moduleId === join(this.root, file));
    return new Map(names.map((name) => [name, module ? verdictOf(module, name) : 'absent']));
  }

  private open(): Promise<Vitest> {
    this.vitest ??= createVitest(
      'test',
      {
        root: this.root,
        config: join(this.root, 'vite.mutants.config.ts'),
        watch: false,
        reporters: [{}],
        silent: true,
        fileParallelism: false,
      },
      { clearScreen: false },
    );
    return this.vitest;
  }

  private async close(): Promise<void> {
    const { vitest } = this;
    this.vitest = undefined;
    await (await vitest)?.close();
  }

  async delete(): Promise<void> {
    await this.close();
    rmSync(this.root, { recursive: true });
  }
}

function verdictOf(module: TestModule, name: string): Verdict {
  const tests = [...module.children.allTests()];
  if (tests.length === 0) return 'broken';
  const named = tests.filter(({ fullName }) => fullName.replaceAll(' > ', ' ').includes(name));
  if (named.length === 0) return 'absent';
  const states = named.map((test) => test.result().state);
  if (states.includes('failed')) return 'failed';
  // A hook that throws fails no test: those that it was for are skipped.
  if (states.every((state) => state === 'passed')) return 'passed';
  return module.state() === 'failed' ? 'failed' : 'absent';
}

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Of one test. */
export async function runNamed(bench: TestBench, { file, name }: NamedTest, longest: number): Promise<Verdict> {
  return (await bench.run(file, [name], longest)).get(name) ?? 'absent';
}
