import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { BlockingError } from '../blocking/blocks.ts';
import { ClkFileError } from '../clk/clk-file.ts';
import { EncodingError } from '../clk/encoder.ts';
import { CompareError } from '../compare/filters.ts';
import { TemporaryFileError } from '../disk/temporary-files.ts';
import { ServiceError } from '../entity-service/service-error.ts';
import { QueueError } from '../queue/queue-error.ts';
import { addAskCommand } from './ask-command.ts';
import { addAssessCommand } from './assess-command.ts';
import { addBenchmarkCommand } from './benchmark-command.ts';
import { addBlockCommand } from './block-command.ts';
import { CommandError, UsageError } from './command-error.ts';
import { addCompareCommand } from './compare-command.ts';
import { addDescribeCommand } from './describe-command.ts';
import { addEncodeCommands } from './encode-command.ts';
import { addGenerateCommands } from './generate-commands.ts';
import { addFindSimilarityCommand, addLinkCommand, joinFilePairs } from './link-commands.ts';
import { addManualCommands } from './manual-commands.ts';
import { withVerbose } from './options.ts';
import { addOwnCommand } from './own-command.ts';
import { addProjectCommands } from './project-commands.ts';
import { addRunCommands } from './run-commands.ts';
import { addSchemaCommands } from './schema-commands.ts';
import { addServeCommand } from './serve-command.ts';
import { addSolveCommand } from './solve-command.ts';
import { NobodyReadsError, type Terminal } from './terminal.ts';
import { addWorkerCommand } from './worker-command.ts';

/** Errors that are a person's to mend: their message says all. */
const PLAIN_ERRORS = [
  CommandError,
  BlockingError,
  ClkFileError,
  CompareError,
  EncodingError,
  QueueError,
  ServiceError,
  TemporaryFileError,
];

/** Ends that are no errors: help, and the version. */
const FINE = ['commander.help', 'commander.helpDisplayed', 'commander.version'];

function createProgram(terminal: Terminal): Command {
  const program = withVerbose(new Command('blindjoin'))
    .description('Link data sets about people without showing anyone: CLKs, blocks, comparison, and entity services.')
    .version(packageJson.version, '-V, --version')
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      outputError: () => {},
    })
    .exitOverride()
    .helpCommand(true);
  addEncodeCommands(program, terminal);
  addBlockCommand(program, terminal);
  addAssessCommand(program, terminal);
  addDescribeCommand(program, terminal);
  addLinkCommand(program, terminal);
  addWorkerCommand(program, terminal);
  addSolveCommand(program, terminal);
  addFindSimilarityCommand(program, terminal);
  addSchemaCommands(program, terminal);
  addCompareCommand(program, terminal);
  addGenerateCommands(program, terminal);
  addBenchmarkCommand(program, terminal);
  addProjectCommands(program, terminal);
  addRunCommands(program, terminal);
  addServeCommand(program, terminal);
  addOwnCommand(program, terminal);
  addAskCommand(program, terminal);
  addManualCommands(program, terminal);
  return program;
}

/** What is wrong with the command line, in the form that anonlink-client's users know. */
function usageText(command: Command, message: string): string {
  const names: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name());
  const usage = command.createHelp().commandUsage(command);
  const plain = message.replace(/^error: /, '');
  return `Usage: ${usage}\nTry '${names.join(' ')} --help' for help.\n\nError: ${plain[0]?.toUpperCase() ?? ''}${plain.slice(1)}\n`;
}

/**
 * Runs the `blindjoin` command.
 * @param words the command line, without the program's name
 * @returns the exit code: 0, 1 for a failure, 2 for a wrong command line, 255 for a schema that is not valid
 */
export async function runBlindjoin(words: readonly string[], terminal: Terminal): Promise<number> {
  const program = createProgram(terminal);
  let current = program;
  for (const command of program.commands) {
    command.exitOverride((error) => {
      current = command;
      throw error;
    });
    command.hook('preAction', () => {
      current = command;
    });
  }
  if (words.length === 0) {
    terminal.out(program.helpInformation());
    return 0;
  }
  try {
    await program.parseAsync(joinFilePairs(words), { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof NobodyReadsError) return 0;
    if (error instanceof CommanderError) {
      if (FINE.includes(error.code)) return 0;
      terminal.err(usageText(current, error.message));
      return 2;
    }
    if (error instanceof UsageError) {
      terminal.err(usageText(current, error.message));
      return error.exitCode;
    }
    if (!(error instanceof Error) || !PLAIN_ERRORS.some((plain) => error instanceof plain)) throw error;
    terminal.err(`${error.message}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
}
