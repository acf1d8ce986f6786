/** `npm run fuzz`: hostile inputs for everything that reads what a peer, a link or a file says. */
import { Command } from 'commander';
import { requireNode } from '../../machine/machine.ts';
import { fuzz, type Report } from './fuzzer.ts';
import { linkingTargets } from './linking-targets.ts';
import { packedTargets } from './packed-targets.ts';
import { peerTargets } from './peer-targets.ts';
import { personTargets } from './person-targets.ts';
import { FULL_SIZE_EVERY, SealFuzzer, sealInputs } from './seal-fuzzer.ts';
import { sealedTargets } from './sealed-targets.ts';

/** Says how a target did; true where it broke a rule. */
function tell({ target, inputs, refused, seconds, growth, finding }: Report): boolean {
  console.log(
    `${target}: ${inputs} inputs, ${refused} refused, ${seconds.toFixed(1)} s, memory ${(growth / 1e6).toFixed(1)} MB`,
  );
  if (finding) console.error(`  FINDING: ${finding.message}\n  input: ${finding.hex}\n  seed: ${finding.seed}`);
  return finding !== undefined;
}

async function main(): Promise<void> {
  requireNode();
  const options = new Command('fuzz')
    .description('Feeds mutated and random bytes to every reader. Exits with 1 on a crash, a hang or growing memory.')
    .option(
      '--inputs <n>',
      `inputs a target; of the objects of SEAL as many small ones, and one in ${FULL_SIZE_EVERY} of full size`,
      Number,
      100_000,
    )
    .option('--seed <n>', 'gives the same inputs again', Number, Date.now() % 2 ** 31)
    .option('--target <name>', 'one target only')
    .parse()
    .opts<{ inputs: number; seed: number; target?: string }>();
  const { inputs, seed } = options;
  const chosen = ({ name }: { name: string }) => options.target === undefined || name === options.target;
  console.log(`seed ${seed}`);
  const started = performance.now();
  const targets = [...peerTargets, ...sealedTargets, ...personTargets, ...packedTargets, ...linkingTargets];
  const totals = { targets: 0, inputs: 0, fullSize: 0, findings: 0 };
  const add = (report: Report, fullSize = false) => {
    totals.targets++;
    totals.inputs += report.inputs;
    if (fullSize) totals.fullSize += report.inputs;
    if (tell(report)) totals.findings++;
  };
  for (const target of targets.filter(chosen)) add(await fuzz(target, inputs, seed));
  if (options.target === undefined || totals.targets === 0) {
    const seal = await SealFuzzer.open();
    try {
      for (const target of seal.targets.filter(chosen)) {
        add(await seal.fuzz(target, sealInputs(target, inputs), seed), target.fullSize);
      }
    } finally {
      await seal.close();
    }
  }
  if (totals.targets === 0) throw new Error(`there is no target "${options.target}"`);
  const minutes = (performance.now() - started) / 60_000;
  console.log(
    `${totals.inputs} inputs to ${totals.targets} targets in ${minutes.toFixed(1)} min, ${totals.fullSize} of them objects of SEAL as large as a run's: ${totals.findings} findings`,
  );
  if (totals.findings > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
