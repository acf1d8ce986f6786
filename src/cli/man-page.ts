import type { CommandWords, OptionWords } from './command-words.ts';

/** Text of a manual page: a backslash, a hyphen that is typed, and a dot or quote at the start of a line mean something to it. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');

const entry = (term: string, text: string): string => `.TP\n.B ${roff(term)}\n${roff(text)}`;
const optionEntry = ({ flags, description }: OptionWords): string => entry(flags, description);

function commandSection(command: CommandWords): string {
  const usage = command.usage.replace(/^blindjoin /, '').replace(/\|\S+/, '');
  return [
    `.SS ${roff(`blindjoin ${usage}`)}`,
    roff(command.description),
    ...(command.aliases.length > 0 ? [`Also called ${roff(command.aliases.join(', '))}.`] : []),
    ...command.arguments.map(({ name, description }) => entry(name, description)),
    ...command.options.map(optionEntry),
  ].join('\n');
}

/** A manual page of section 1, in roff. */
export function manPage(program: CommandWords, commands: readonly CommandWords[], version: string): string {
  return `${[
    `.TH BLINDJOIN 1 "" "blindjoin ${version}" "User Commands"`,
    '.SH NAME',
    'blindjoin \\- link data sets about people without showing anyone',
    '.SH SYNOPSIS',
    '.B blindjoin\n.I command\n[\\fIoptions\\fR] [\\fIarguments\\fR]',
    '.SH DESCRIPTION',
    roff(program.description),
    '.SH OPTIONS',
    ...program.options.map(optionEntry),
    '.SH COMMANDS',
    ...commands.map(commandSection),
    '.SH ENVIRONMENT',
    entry('BLINDJOIN_SERVER', 'Address of the entity service where --server is not given.'),
    entry('BLINDJOIN_APIKEY', 'Token where --apikey is not given.'),
    entry(
      'HTTPS_PROXY, HTTP_PROXY, NO_PROXY',
      'Proxies for calls to an entity service, and hosts that are called without one.',
    ),
    '.SH EXIT STATUS',
    entry('0', 'Done.'),
    entry('1', 'Failed.'),
    entry('2', 'The command line is wrong, or a file is not there.'),
    entry('3', 'own and ask: declined by either side, a rule of the study file or a limit.'),
    entry(
      '130, 143',
      'Interrupted, after whoever else takes part was told: the other side of own and ask, a queue, an entity service.',
    ),
    entry('255', 'The schema is not valid.'),
  ].join('\n')}\n`;
}
