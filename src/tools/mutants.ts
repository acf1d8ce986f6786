/** `npm run mutants`: lines that keep secrets, made wrong one at a time, and whether a test notices. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { ensureChromium, requireNode } from '../machine/machine.ts';
import { countFates, describeReport, killedIn, type Report, tryMutants } from './mutants/campaign.ts';
import { isQuick, ROOMS, type Room, roomOf, titleOf } from './mutants/mutant.ts';
import { MUTANTS } from './mutants/table.ts';

interface Options {
  readonly room?: Room;
  readonly only?: string;
  readonly quick?: boolean;
  readonly long?: boolean;
  readonly without?: string;
  readonly workers: number;
}

async function main(): Promise<void> {
  requireNode();
  const options = new Command('mutants')
    .description('Makes single lines wrong in copies of the project. Exits with 1 where no test notices one.')
    .option('--room <name>', `one room only: ${ROOMS.join(', ')}`)
    .option('--only <pattern>', 'only mutants whose name this regular expression finds')
    .option('--quick', 'only mutants whose tests take a second or so')
    .option('--long', 'only the others')
    .option('--without <file>', 'leave out those that the output of an earlier command, in this file, tells killed')
    .option('--workers <n>', 'copies at a time', Number, 2)
    .parse()
    .opts<Options>();
  const before = killedIn(options.without === undefined ? '' : readFileSync(options.without, 'utf8'));
  const chosen = MUTANTS.filter(
    (mutant) =>
      (options.room === undefined || roomOf(mutant) === options.room) &&
      (options.only === undefined || new RegExp(options.only).test(titleOf(mutant))) &&
      (!options.quick || isQuick(mutant)) &&
      (!options.long || !isQuick(mutant)) &&
      !before.has(titleOf(mutant)),
  );
  if (chosen.length === 0) throw new Error('there is no such mutant');
  if (!chosen.every(isQuick)) await ensureChromium();
  const started = performance.now();
  const reports = await tryMutants(process.cwd(), chosen, options.workers, (report) =>
    console.log(describeReport(report)),
  );
  tellCounts(reports, (performance.now() - started) / 1000);
  process.exitCode = reports.every(({ fate }) => fate === 'killed') ? 0 : 1;
}

function tellCounts(reports: readonly Report[], seconds: number): void {
  console.log();
  for (const room of ROOMS) {
    const own = reports.filter(({ mutant }) => roomOf(mutant) === room);
    if (own.length > 0) console.log(`${room}: ${countFates(own)}`);
  }
  console.log(`${reports.length} mutants in ${Math.round(seconds)} s: ${countFates(reports)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
