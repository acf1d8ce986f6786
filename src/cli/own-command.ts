import type { Command } from 'commander';
import type { OwnOptions } from './own-run.ts';
import type { Terminal } from './terminal.ts';
import { STUDY_OPTION, withUnattended } from './unattended-options.ts';

/** `own`: the data owner's side without a person. */
export function addOwnCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('own')
    .description(
      'Answer a run about your data without a person: open a room, print its link, agree to what is within the study file, and keep the ledger.',
    )
    .requiredOption('--data <FILE>', 'your data')
    .requiredOption(...STUDY_OPTION)
    .option('--server <URL>', 'where the app is served for both sides; unless given here, for this computer alone')
    .option('--port <PORT>', 'port to serve the app at; unless given the one of last time')
    .option('--state <FOLDER>', "where the browser's ledger is kept; unless given ~/.local/state/blindjoin")
    .option('--link-file <FILE>', 'write the link into a file that nobody else can read, and do not print it')
    .option('--serve', 'open a new room after every run, until interrupted; the study file must limit the runs');
  withUnattended(command).action(async (options: OwnOptions) => {
    const { own } = await import('./own-run.ts');
    process.exit(await own(terminal, options));
  });
}
