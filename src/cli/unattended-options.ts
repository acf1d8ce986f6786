/** What `own` and `ask` have in common on the command line. */
import type { Command } from 'commander';
import { withVerbose } from './options.ts';

export interface UnattendedOptions {
  readonly study: string;
  readonly trustLink?: boolean;
  readonly anyBuild?: boolean;
  readonly browser?: string;
  readonly sandbox: boolean;
}

/** Required of both, after the side's own file. */
export const STUDY_OPTION = ['--study <FILE>', 'your study file, saved on the page with “Save study”'] as const;

export const EXIT_NOTES = `
Exit codes: 0 done, 1 failed, 2 the command line, a file or the study is wrong, 3 declined by either side, a rule or a limit,
130 and 143 interrupted by SIGINT and SIGTERM, after the other side was told. Needs Playwright (npm install playwright) and a Chromium.`;

export function withUnattended(command: Command): Command {
  return withVerbose(command)
    .option(
      '--trust-link',
      'the link went over a channel that nobody else reads or writes: do not compare the words on both screens',
    )
    .option('--any-build', 'go on where the two pages say that they are different builds')
    .option('--browser <PROGRAM>', 'the Chromium to use; unless given the one that is found')
    .option('--no-sandbox', "without Chromium's sandbox, for containers that allow none")
    .addHelpText('after', EXIT_NOTES);
}
