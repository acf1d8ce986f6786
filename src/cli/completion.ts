/** Completion of commands, options and their values, for three shells, from the commands themselves. Files are left to the shell. */
import type { CommandWords, OptionWords } from './command-words.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Within single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const names = (command: CommandWords): string[] => [command.name, ...command.aliases];
const flags = ({ options }: CommandWords): string[] => options.flatMap((option) => option.names);
const taking = (options: readonly OptionWords[]): OptionWords[] => options.filter(({ values }) => values !== undefined);

function bashValues(command: CommandWords): string[] {
  return taking(command.options).map(({ names: flag, values = [] }) => {
    const reply =
      values.length > 0
        ? `COMPREPLY=($(compgen -W ${quoted(values.join(' '))} -- "$word"))`
        : 'COMPREPLY=($(compgen -f -- "$word"))';
    return `        ${flag.join('|')}) ${reply}; return ;;`;
  });
}

function bash(commands: readonly CommandWords[], program: CommandWords): string {
  const cases = commands.flatMap((command) => [
    `    ${names(command).join('|')})`,
    '      case "$before" in',
    ...bashValues(command),
    '      esac',
    `      words=${quoted(flags(command).join(' '))}`,
    `      values=${quoted(command.arguments.flatMap(({ values }) => values).join(' '))} ;;`,
  ]);
  return `${[
    '# Completion of blindjoin for bash: source this file, or put it into the folder of bash-completion.',
    '_blindjoin() {',
    `  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= words= values= at`,
    '  COMPREPLY=()',
    '  for ((at = 1; at < COMP_CWORD; at++)); do',
    `    if [[ \${COMP_WORDS[at]} != -* ]]; then command=\${COMP_WORDS[at]}; break; fi`,
    '  done',
    '  case "$command" in',
    `    '') words=${quoted([...commands.flatMap(names), ...flags(program)].join(' '))} ;;`,
    ...cases,
    '  esac',
    '  if [[ -z $command || $word == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '  else COMPREPLY=($(compgen -W "$values" -- "$word") $(compgen -f -- "$word")); fi',
    '}',
    'complete -o filenames -F _blindjoin blindjoin',
  ].join('\n')}\n`;
}

/** A description within the brackets of zsh's specifications. */
const zshText = (text: string): string => text.replace(/[\\[\]:]/g, (sign) => `\\${sign}`);

function zshOption({ names: flag, values, description }: OptionWords): string[] {
  const takes = values === undefined ? '' : values.length > 0 ? `:value:(${values.join(' ')})` : ':value:_files';
  return flag.map((name) => `        ${quoted(`${name}[${zshText(description)}]${takes}`)}`);
}

function zsh(commands: readonly CommandWords[]): string {
  const list = commands.flatMap((command) =>
    names(command).map((name) => `    ${quoted(`${name}:${zshText(command.description)}`)}`),
  );
  const cases = commands.flatMap((command) => {
    const values = command.arguments.flatMap((argument) => argument.values);
    const rest = values.length > 0 ? `*:value:(${values.join(' ')})` : '*:file:_files';
    return [
      `    ${names(command).join('|')})`,
      `      _arguments ${[...command.options.flatMap(zshOption), `        ${quoted(rest)}`].join(' \\\n').trimStart()} ;;`,
    ];
  });
  return `${[
    '#compdef blindjoin',
    '# Completion of blindjoin for zsh: put this file as _blindjoin into a folder of $fpath.',
    'local -a commands=(',
    ...list,
    ')',
    'if (( CURRENT == 2 )); then',
    '  _describe command commands',
    'else',
    '  local command=$words[2]',
    '  shift words; (( CURRENT-- ))',
    '  case $command in',
    ...cases,
    '  esac',
    'fi',
  ].join('\n')}\n`;
}

function fishOption(on: string, { names: flag, values, description }: OptionWords): string {
  const written = flag.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const takes = values === undefined ? '' : values.length > 0 ? ` -x -a ${quoted(values.join(' '))}` : ' -r';
  return `complete -c blindjoin -n ${quoted(on)} ${written.join(' ')}${takes} -d ${quoted(description)}`;
}

function fish(commands: readonly CommandWords[], program: CommandWords): string {
  const lines = [
    '# Completion of blindjoin for fish: put this file as blindjoin.fish into ~/.config/fish/completions.',
  ];
  for (const command of commands) {
    for (const name of names(command)) {
      lines.push(`complete -c blindjoin -n __fish_use_subcommand -f -a ${name} -d ${quoted(command.description)}`);
    }
    const on = `__fish_seen_subcommand_from ${names(command).join(' ')}`;
    const values = command.arguments.flatMap((argument) => argument.values);
    if (values.length > 0) lines.push(`complete -c blindjoin -n ${quoted(on)} -f -a ${quoted(values.join(' '))}`);
    for (const option of command.options) lines.push(fishOption(on, option));
  }
  for (const option of program.options) lines.push(fishOption('__fish_use_subcommand', option));
  return `${lines.join('\n')}\n`;
}

/** The text to be sourced, or put where the shell looks for completions. */
export function completionText(shell: Shell, commands: readonly CommandWords[], program: CommandWords): string {
  return { bash, zsh, fish }[shell](commands, program);
}
