/**
 * `npm test`: what a change is held to while it is made. `npm run test:all` (`--all`): that, and the long tests. At the end one
 * line counts them. `CONTRIBUTING.md` says what is in which.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ensureChromium,
  ensureFirefox,
  ensureRedis,
  ensureTurnServer,
  ensureWebKitDriver,
  findFirefox,
  findWebKitDriver,
  NO_FIREFOX,
  NO_REDIS,
  NO_TURN_SERVER,
  NO_WEBKIT,
  requireNode,
} from '../../machine/machine.ts';
import { type Check, type Lane, longStages, quickStages, type Stages } from './checks.ts';
import { type Execution, execute } from './execution.ts';
import { slowest } from './outcome.ts';

const reports = mkdtempSync(join(tmpdir(), 'blindjoin-reports-'));
const SLOWEST = 10;

/** Runs every stage that the machine can run, without the checks that are `left` out. */
async function runStages(stages: Stages, left: (check: Check) => boolean): Promise<Execution[]> {
  const executions: Execution[] = [];
  for (const lanes of stages) {
    const inTurn = async (lane: Lane) => {
      for (const check of lane.filter((each) => !left(each))) {
        if (lanes.length === 1) console.log(`\n--- ${check.name} ---`);
        executions.push(await execute(check, lanes.length > 1));
      }
    };
    await Promise.all(lanes.map(inTurn));
  }
  return executions;
}

function summarise(executions: readonly Execution[]): { readonly passed: number; readonly failed: number } {
  for (const { check, outcome, lastWords } of executions) {
    if (outcome.failed > 0) console.log(`\n--- what ${check.name} said last ---\n${lastWords}`);
  }
  console.log('\nSlowest tests:');
  for (const { name, seconds } of slowest(executions.flatMap(({ outcome }) => outcome.tests)).slice(0, SLOWEST)) {
    console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
  }
  console.log('');
  for (const { check, outcome, seconds } of executions) {
    const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
    console.log(
      `${check.name}: ${outcome.passed} passed, ${outcome.failed} failed${skipped} (${Math.round(seconds)} s)`,
    );
  }
  const sum = (of: 'passed' | 'failed') => executions.reduce((total, { outcome }) => total + outcome[of], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

async function main(): Promise<void> {
  requireNode();
  const all = process.argv.includes('--all');
  console.log(`Chromium: ${await ensureChromium()}`);
  const firefox = all ? ensureFirefox() : findFirefox();
  console.log(`Firefox: ${firefox ?? NO_FIREFOX}`);
  const webkit = all ? ensureWebKitDriver() : findWebKitDriver();
  console.log(`WebKit: ${webkit ?? NO_WEBKIT}`);
  const turnServer = ensureTurnServer();
  console.log(`TURN server: ${turnServer ?? NO_TURN_SERVER}`);
  const redis = ensureRedis();
  console.log(`Redis: ${redis ?? NO_REDIS}`);
  const stages = [...quickStages(reports), ...(all ? longStages(reports) : [])];
  const executions = await runStages(stages, ({ needs }) => needs === 'firefox' && firefox === undefined);
  const { passed, failed } = summarise(executions);
  if (turnServer === undefined) console.log(`skipped: ${NO_TURN_SERVER}`);
  if (redis === undefined) console.log(`skipped: ${NO_REDIS}`);
  if (firefox === undefined) console.log(`skipped: ${NO_FIREFOX}`);
  if (webkit === undefined) console.log(`skipped: ${NO_WEBKIT}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
  })
  .finally(() => rmSync(reports, { recursive: true, force: true }));
