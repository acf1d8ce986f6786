import type { Command } from 'commander';
import type { AskOptions } from './ask-run.ts';
import type { Terminal } from './terminal.ts';
import { STUDY_OPTION, withUnattended } from './unattended-options.ts';

/** `ask`: the researcher's side without a person. */
export function addAskCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('ask')
    .description(
      'Ask for a table about your list without a person: open the link of a room, agree, and write the result.',
    )
    .requiredOption('--list <FILE>', 'your list')
    .requiredOption(...STUDY_OPTION)
    .option('--link-file <FILE>', "file with the data owner's link; - for standard input")
    .option('--link <URL>', "the data owner's link: others on this computer may read it in the list of processes")
    .option(
      '--server <URL>',
      'where you trust the app to be served: the link must be of there, unless it is of this computer',
    )
    .option('--out <FILE>', 'where to write the table as CSV; unless given, to standard output')
    .option('--json <FILE>', 'where to write the result with its agreement as JSON');
  withUnattended(command).action(async (options: AskOptions) => {
    const { ask } = await import('./ask-run.ts');
    process.exit(await ask(terminal, options));
  });
}
