/** The exit code of a command that was asked to end. */
export const STOPPED_CODE = 130;

/** A command cannot go on. `exitCode` as anonlink-client has it where it has the case. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';

  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** The command line is wrong: usage is shown with the message, and the exit code is 2. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(message, 2);
  }
}
