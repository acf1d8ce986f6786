import { type Command, InvalidArgumentError } from 'commander';

const TRUE = ['true', 't', '1', 'yes', 'y', 'on'];
const FALSE = ['false', 'f', '0', 'no', 'n', 'off'];

/** A truth value as anonlink-client takes it. */
export function parseTruth(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  throw new InvalidArgumentError(`'${text}' is not a valid boolean; write True or False.`);
}

/** A whole number of at least `least`, and at most `most`. */
export function parseWhole(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^[+-]?\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`'${text}' is not a whole number of ${least} or more.`);
    }
    if (value > most) throw new InvalidArgumentError(`'${text}' is more than ${most}.`);
    return value;
  };
}

/** A similarity from 0 to 1. */
export function parseShare(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError(`'${text}' is not a number from 0 to 1.`);
  }
  return value;
}

/** Whether `-v` was given, to the command or before it. */
export function isVerbose(command: Command): boolean {
  return command.optsWithGlobals().verbose === true;
}

/** Adds `-v`, which every command takes. */
export function withVerbose(command: Command): Command {
  return command.option('-v, --verbose', 'say more of what is done');
}
