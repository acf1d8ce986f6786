import { Argument, type Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { programWords } from './command-words.ts';
import { completionText, SHELLS, type Shell } from './completion.ts';
import { manPage } from './man-page.ts';
import { withVerbose } from './options.ts';
import type { Terminal } from './terminal.ts';

const NOTES = `
  bash:  source <(blindjoin completion bash)
  zsh:   blindjoin completion zsh > a folder of $fpath/_blindjoin
  fish:  blindjoin completion fish > ~/.config/fish/completions/blindjoin.fish`;

/** `completion` and `man`, made from all commands that the program has. */
export function addManualCommands(program: Command, terminal: Terminal): void {
  withVerbose(program.command('completion'))
    .description('Write what makes a shell complete the words of this command.')
    .addArgument(new Argument('<SHELL>', 'the shell').choices(SHELLS))
    .addHelpText('after', NOTES)
    .action((shell: Shell) => {
      const words = programWords(program);
      terminal.out(completionText(shell, words.commands, words.program));
    });
  withVerbose(program.command('man'))
    .description('Write the manual page: blindjoin man > blindjoin.1; man ./blindjoin.1')
    .action(() => {
      const words = programWords(program);
      terminal.out(manPage(words.program, words.commands, packageJson.version));
    });
}
