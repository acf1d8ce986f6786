import { type Command, Option } from 'commander';
import { connectEntityService } from '../entity-service/connect.ts';
import type { EntityService } from '../entity-service/entity-service.ts';
import { USUAL_WAITING } from '../entity-service/waiting.ts';
import { UsageError } from './command-error.ts';
import { parseWhole } from './options.ts';
import { createNodeTransport } from './service-transport.ts';
import type { Terminal } from './terminal.ts';

export interface ServiceOptions {
  readonly server?: string;
  readonly retryMultiplier: number;
  readonly retryExponentialMax: number;
  readonly retryMaxTime: number;
  /** Seconds. */
  readonly timeout?: number;
}

export interface RoleOptions extends ServiceOptions {
  readonly project?: string;
  readonly apikey?: string;
}

const SERVER = 'BLINDJOIN_SERVER';
const TOKEN = 'BLINDJOIN_APIKEY';

/** Adds the options that say which service, how long to wait for it, and how long while it is too busy. */
export function withService(command: Command): Command {
  const milliseconds = parseWhole(0);
  return command
    .option('--server <URL>', `address of the entity service (or ${SERVER} in the environment)`)
    .addOption(
      new Option('--retry-multiplier <MS>', 'wait before the second try, doubled for each further one')
        .argParser(milliseconds)
        .default(USUAL_WAITING.firstWait),
    )
    .addOption(
      new Option('--retry-exponential-max <MS>', 'longest wait between two tries')
        .argParser(milliseconds)
        .default(USUAL_WAITING.longestWait),
    )
    .addOption(
      new Option('--retry-max-time <MS>', 'time after which there are no more tries')
        .argParser(milliseconds)
        .default(USUAL_WAITING.giveUpAfter),
    )
    .addOption(
      new Option(
        '--timeout <SECONDS>',
        'longest wait for an answer (20); of uploads and results, longest time without a byte moved (3600)',
      ).argParser(parseWhole(1)),
    );
}

/** Adds the options that say which project, and by what right. */
export function withRole(command: Command): Command {
  return withService(
    command
      .option('--project <ID>', 'the project')
      .option('--apikey <TOKEN>', `the token that allows this (or ${TOKEN} in the environment)`),
  );
}

/** @throws UsageError when no service is named */
export function serviceOf(terminal: Terminal, options: ServiceOptions, verbose: boolean): EntityService {
  const address = options.server ?? terminal.environment[SERVER];
  if (!address)
    throw new UsageError(`Missing option '--server'. Give the address of the entity service, or set ${SERVER}.`);
  const service = connectEntityService(address, {
    waiting: {
      firstWait: Math.max(1, options.retryMultiplier),
      longestWait: Math.max(1, options.retryExponentialMax),
      giveUpAfter: options.retryMaxTime,
    },
    ...(options.timeout === undefined
      ? {}
      : { answerWithin: options.timeout * 1000, stalledAfter: options.timeout * 1000 }),
    transport: createNodeTransport(terminal.environment),
  });
  if (verbose) terminal.err(`Connecting to Entity Matching Server: ${service.address}\n`);
  return service;
}

/** @throws UsageError when the option was not given */
export function needed(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`Missing option '${option}'.`);
  return value;
}

/** The project and the token. */
export function roleOf(terminal: Terminal, options: RoleOptions): readonly [project: string, token: string] {
  return [needed(options.project, '--project'), needed(options.apikey ?? terminal.environment[TOKEN], '--apikey')];
}
