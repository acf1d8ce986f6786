import { type Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { statusLines } from '../entity-service/entity-service.ts';
import { pythonJson } from '../python/json.ts';
import { CommandError, UsageError } from './command-error.ts';
import { isVerbose, parseShare, withVerbose } from './options.ts';
import { openOutput, writePrecious } from './output-file.ts';
import { needed, type RoleOptions, roleOf, serviceOf, withRole } from './service-options.ts';
import type { Terminal } from './terminal.ts';

interface CreateOptions extends RoleOptions {
  readonly name: string;
  readonly threshold?: number;
  readonly output: string;
}

interface RunOptions extends RoleOptions {
  readonly run?: string;
}

interface ResultOptions extends RunOptions {
  readonly watch?: boolean;
  readonly output: string;
}

async function createRun(terminal: Terminal, options: CreateOptions, verbose: boolean): Promise<void> {
  if (options.threshold === undefined) throw new UsageError("Missing option '--threshold'.");
  const [project, token] = roleOf(terminal, options);
  const service = serviceOf(terminal, options, verbose);
  const output = await openOutput(terminal, options.output);
  try {
    const run = await service.createRun(project, token, {
      threshold: options.threshold,
      name: options.name,
      notes: `Run created by blindjoin ${packageJson.version}`,
    });
    await writePrecious(terminal, output, pythonJson(run));
  } finally {
    await output.discard();
  }
}

async function results(terminal: Terminal, options: ResultOptions, verbose: boolean): Promise<void> {
  const run = needed(options.run, '--run');
  const [project, token] = roleOf(terminal, options);
  const service = serviceOf(terminal, options, verbose);
  let status = await service.runStatus(project, run, token);
  terminal.err(`${statusLines(status)}\n`);
  if (options.watch && status.state !== 'completed' && status.state !== 'error') {
    for await (const next of service.watchRun(project, run, token)) {
      status = next;
      terminal.err(`${statusLines(status)}\n`);
    }
  }
  if (status.state === 'error') {
    const reason = [status.message, status.detail].filter(Boolean).join(': ');
    throw new CommandError(`There was an error on the service${reason ? `: ${reason}` : ''}. Start another run.`);
  }
  if (status.state !== 'completed') {
    terminal.err('No result yet\n');
    return;
  }
  terminal.err('Downloading result\n');
  const output = await openOutput(terminal, options.output);
  try {
    await service.resultParts(project, run, token, (part) => output.write(part));
    await output.write('\n');
    await output.finish();
  } finally {
    await output.discard();
  }
  terminal.err('Received result\n');
}

/** `create`, `results` and `delete`. */
export function addRunCommands(program: Command, terminal: Terminal): void {
  const create = program.command('create');
  withRole(withVerbose(create))
    .description('Create a run of a project on an entity service.')
    .option('--name <TEXT>', 'a name for the run', '')
    .addOption(new Option('-t, --threshold <SIMILARITY>', 'from 0 to 1').argParser(parseShare))
    .option('-o, --output <FILE>', 'file for the answer', '-')
    .action((options: CreateOptions) => createRun(terminal, options, isVerbose(create)));

  const fetch = program.command('results');
  withRole(withVerbose(fetch))
    .description('Ask how a run on an entity service is, and fetch its result when there is one.')
    .option('--run <ID>', 'the run')
    .option('-w, --watch', 'wait until the run has ended')
    .option('-o, --output <FILE>', 'file for the result', '-')
    .addHelpText('after', '\nExits with 0 also when there is no result yet, with 1 when the run failed.')
    .action((options: ResultOptions) => results(terminal, options, isVerbose(fetch)));

  const remove = program.command('delete');
  withRole(withVerbose(remove))
    .description('Delete a run and its result from an entity service.')
    .option('--run <ID>', 'the run')
    .action(async (options: RunOptions) => {
      const run = needed(options.run, '--run');
      const [project, token] = roleOf(terminal, options);
      await serviceOf(terminal, options, isVerbose(remove)).deleteRun(project, run, token);
      terminal.err('Run deleted\n');
    });
}
