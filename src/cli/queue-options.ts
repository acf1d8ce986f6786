import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { parseQueueAddress, type QueueAddress } from '../queue/address.ts';
import { CommandError, UsageError } from './command-error.ts';
import { fileReason, type Terminal } from './terminal.ts';

export interface QueueOptions {
  readonly queue?: string;
  readonly queuePasswordFile?: string;
  readonly queueCa?: string;
}

/** Adds what says where a queue is. */
export function withQueue(command: Command): Command {
  return command
    .option('--queue <ADDRESS>', 'queue of Redis or Valkey: redis://host:6379, or rediss:// with TLS')
    .option('--queue-password-file <FILE>', 'file with the password of the queue')
    .option('--queue-ca <FILE>', 'certificate of who signed the certificate of the queue (PEM)');
}

function fileText(terminal: Terminal, file: string, option: string): string {
  try {
    return readFileSync(resolve(terminal.folder, file), 'utf8');
  } catch (error) {
    throw new UsageError(`Invalid value for '${option}': '${file}': ${fileReason(error)}`);
  }
}

/**
 * The queue that the options name, or else the environment does: BLINDJOIN_QUEUE, and BLINDJOIN_QUEUE_PASSWORD.
 * @returns undefined where neither does
 * @throws UsageError for a password among the arguments, which all who can list processes see; QueueError for no address
 */
export function queueOf(terminal: Terminal, options: QueueOptions): QueueAddress | undefined {
  const { environment } = terminal;
  const text = options.queue ?? environment.BLINDJOIN_QUEUE;
  if (text === undefined || text === '') return undefined;
  const address = parseQueueAddress(text);
  if (options.queue !== undefined && address.password !== undefined) {
    throw new UsageError(
      'The address of the queue has a password in it, which everybody who can list processes here sees. Leave it out, and give it by BLINDJOIN_QUEUE_PASSWORD or --queue-password-file.',
    );
  }
  const { queuePasswordFile: file, queueCa } = options;
  const password =
    file === undefined
      ? environment.BLINDJOIN_QUEUE_PASSWORD
      : fileText(terminal, file, '--queue-password-file').replace(/\r?\n$/, '');
  if (file !== undefined && password === '') throw new CommandError(`${file} holds no password.`);
  return {
    ...address,
    ...(password === undefined || password === '' ? {} : { password }),
    ...(queueCa === undefined ? {} : { authority: fileText(terminal, queueCa, '--queue-ca') }),
  };
}
