/** `npm test`: every check there is, one after the other, and at the end one line that counts them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium, ensureTurnServer, NO_TURN_SERVER, requireNode } from '../machine/machine.ts';
import { type Outcome, readOutcome } from './outcome.ts';

interface Check {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the runner leaves its JSON report; without one the check counts as one test. */
  readonly report?: string;
}

/** Characters of a failed check's output that are shown again below everything else, where its reasons are found at once. */
const LAST_WORDS = 6_000;

const reports = mkdtempSync(join(tmpdir(), 'blindjoin-reports-'));

function vitest(project: string): Check {
  const report = join(reports, `${project}.json`);
  return {
    name: `unit tests, ${project}`,
    command: ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile=${report}`],
    report,
  };
}

const playwrightReport = join(reports, 'playwright.json');

const CHECKS: readonly Check[] = [
  { name: 'format and lint', command: ['biome', 'check', '.'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  vitest('node'),
  vitest('browser'),
  { name: 'build', command: ['vite', 'build'] },
  {
    name: 'end to end',
    command: ['playwright', 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    report: playwrightReport,
  },
];

interface Execution {
  /** 1 where the program could not be started or was killed. */
  readonly exitCode: number;
  /** The last that it printed. */
  readonly lastWords: string;
}

/** Runs a program of node_modules, and prints what it prints. */
function execute({ command: [program = '', ...args], environment }: Check): Promise<Execution> {
  return new Promise((resolve) => {
    let lastWords = '';
    const child = spawn(join('node_modules', '.bin', program), args, {
      stdio: ['inherit', 'pipe', 'pipe'],
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}), ...environment },
      shell: process.platform === 'win32',
    });
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.setEncoding('utf8').on('data', (text: string) => {
        to.write(text);
        lastWords = (lastWords + text).slice(-LAST_WORDS);
      });
    }
    child.once('error', (error) => {
      console.error(error.message);
      resolve({ exitCode: 1, lastWords: error.message });
    });
    child.once('close', (code) => resolve({ exitCode: code ?? 1, lastWords }));
  });
}

async function main(): Promise<void> {
  requireNode();
  console.log(`Chromium: ${await ensureChromium()}`);
  const turnServer = ensureTurnServer();
  console.log(`TURN server: ${turnServer ?? NO_TURN_SERVER}`);
  const total = { passed: 0, failed: 0 };
  const lines: string[] = [];
  const failures: string[] = [];
  for (const check of CHECKS) {
    console.log(`\n--- ${check.name} ---`);
    const started = Date.now();
    const { exitCode, lastWords } = await execute(check);
    const { passed, failed, skipped }: Outcome = readOutcome(check.report, exitCode);
    if (failed > 0) failures.push(`--- what ${check.name} said last ---\n${lastWords}`);
    total.passed += passed;
    total.failed += failed;
    const seconds = Math.round((Date.now() - started) / 1000);
    lines.push(
      `${check.name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''} (${seconds} s)`,
    );
  }
  if (turnServer === undefined) lines.push(`skipped: ${NO_TURN_SERVER}`);
  for (const failure of failures) console.log(`\n${failure}`);
  console.log(`\n${lines.join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
  })
  .finally(() => rmSync(reports, { recursive: true, force: true }));
