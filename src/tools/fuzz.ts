/** `npm run fuzz`: hostile inputs for everything that reads what a peer, a link or a file says. */
import { Command } from 'commander';
import { fuzz } from './fuzz/fuzzer.ts';
import { peerTargets } from './fuzz/peer-targets.ts';
import { personTargets } from './fuzz/person-targets.ts';
import { requireNode } from './machine.ts';

async function main(): Promise<void> {
  requireNode();
  const options = new Command('fuzz')
    .description('Feeds mutated and random bytes to every reader. Exits with 1 on a crash, a hang or growing memory.')
    .option('--inputs <n>', 'inputs a target', Number, 100_000)
    .option('--seed <n>', 'gives the same inputs again', Number, Date.now() % 2 ** 31)
    .option('--target <name>', 'one target only')
    .parse()
    .opts<{ inputs: number; seed: number; target?: string }>();
  const targets = [...peerTargets, ...personTargets].filter(
    ({ name }) => options.target === undefined || name === options.target,
  );
  if (targets.length === 0) throw new Error(`there is no target "${options.target}"`);
  console.log(`seed ${options.seed}`);
  let total = 0;
  let findings = 0;
  for (const target of targets) {
    const { inputs, refused, seconds, growth, finding } = await fuzz(target, options.inputs, options.seed);
    total += inputs;
    console.log(
      `${target.name}: ${inputs} inputs, ${refused} refused, ${seconds.toFixed(1)} s, memory ${(growth / 1e6).toFixed(1)} MB`,
    );
    if (finding) {
      findings++;
      console.error(`  FINDING: ${finding.message}\n  input: ${finding.hex}\n  seed: ${finding.seed}`);
    }
  }
  console.log(`${total} inputs, ${findings} findings`);
  if (findings > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
