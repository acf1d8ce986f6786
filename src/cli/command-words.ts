import type { Command } from 'commander';

/** An option as a person writes it. */
export interface OptionWords {
  /** `-t, --threshold <SIMILARITY>` */
  readonly flags: string;
  /** `-t` and `--threshold` */
  readonly names: readonly string[];
  /** Values that it takes; empty where any value may follow, undefined where none does. */
  readonly values: readonly string[] | undefined;
  readonly description: string;
}

/** A command as a person writes it. */
export interface CommandWords {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly values: readonly string[];
  }[];
  readonly options: readonly OptionWords[];
}

function optionsOf(command: Command): OptionWords[] {
  const help = command.createHelp();
  return help.visibleOptions(command).map((option) => ({
    flags: option.flags,
    names: [option.short, option.long].filter((name) => name !== undefined),
    values: option.required || option.optional ? (option.argChoices ?? []) : undefined,
    description: help.optionDescription(option),
  }));
}

function wordsOf(command: Command): CommandWords {
  const help = command.createHelp();
  return {
    name: command.name(),
    aliases: command.aliases(),
    usage: help.commandUsage(command),
    description: command.description(),
    arguments: help.visibleArguments(command).map((argument) => ({
      name: argument.name(),
      description: help.argumentDescription(argument),
      values: argument.argChoices ?? [],
    })),
    options: optionsOf(command),
  };
}

/** The program itself, and the commands that its help shows. */
export function programWords(program: Command): {
  readonly program: CommandWords;
  readonly commands: readonly CommandWords[];
} {
  const commands = program.createHelp().visibleCommands(program);
  return { program: wordsOf(program), commands: commands.filter((command) => command.name() !== 'help').map(wordsOf) };
}
