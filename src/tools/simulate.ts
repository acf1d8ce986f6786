/** `npm run simulate`: whole sessions between two parties over connections to which everything happens. */
import { Command } from 'commander';
import { requireNode } from '../machine/machine.ts';
import { simulate } from '../testing/simulation/simulator.ts';

async function main(): Promise<void> {
  requireNode();
  const options = new Command('simulate')
    .description(
      'Runs sessions over failing connections. Exits with 1 when one ends in a wrong table, a hang, or one side untold.',
    )
    .option('--sessions <n>', 'sessions to run', Number, 10_000)
    .option('--seed <n>', 'gives the same sessions again', Number, Date.now() % 2 ** 31)
    .parse()
    .opts<{ sessions: number; seed: number }>();
  console.log(`seed ${options.seed}`);
  const started = Date.now();
  const { sessions, incidents, ends, breach } = await simulate(options.sessions, options.seed);
  console.log(`${sessions} sessions in ${Math.round((Date.now() - started) / 1000)} s`);
  console.log('what happened (in sessions that ended with both results):');
  for (const [kind, { happened, survived }] of [...incidents].sort())
    console.log(`  ${kind}: ${happened} (${survived})`);
  console.log('how they ended:');
  for (const [end, count] of [...ends].sort((a, b) => b[1] - a[1])) console.log(`  ${count}: ${end}`);
  if (breach) {
    console.error(`BROKEN: ${breach.rule}\n  plan: ${breach.plan}\n  seed: ${breach.seed}`);
    process.exitCode = 1;
  }
}

process.on('unhandledRejection', (reason) => {
  console.error('BROKEN: a promise rejected and nobody looked:', reason);
  process.exit(1);
});

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
