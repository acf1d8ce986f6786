import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { builtApp, portFrom } from '../server/serve.ts';
import { type RunningServer, startServer } from '../server/server.ts';
import type { Attendance, Stopping } from '../unattended/attendance.ts';
import { openChromium } from '../unattended/chromium.ts';
import { answerRun, type OwnPlan } from '../unattended/own.ts';
import { RunEnded } from '../unattended/party-page.ts';
import { writePrivately } from '../unattended/private-file.ts';
import type { OwnerStudy } from '../unattended/within-study.ts';
import { CommandError, UsageError } from './command-error.ts';
import type { Terminal } from './terminal.ts';
import type { UnattendedOptions } from './unattended-options.ts';
import {
  addressOf,
  attendanceOf,
  expectPlaces,
  readStudied,
  requirePlaywright,
  untilStopped,
} from './unattended-work.ts';

export interface OwnOptions extends UnattendedOptions {
  readonly data: string;
  readonly server?: string;
  readonly port?: string;
  readonly state?: string;
  readonly linkFile?: string;
  readonly serve?: boolean;
}

/** @returns the exit code */
export async function own(terminal: Terminal, options: OwnOptions): Promise<number> {
  const attendance = attendanceOf(terminal, options);
  const address = options.server === undefined ? undefined : addressOf(options.server);
  const { study, studyPath, tablePath } = await readStudied(terminal, options, 'data', options.data);
  if (study.rules === undefined)
    throw new UsageError(`--study ${options.study}: it has no rules. Save it on the page anew.`);
  if (options.serve && study.limits === undefined) {
    throw new UsageError(
      `--serve: tables of many runs can be subtracted from each other. Say in ${options.study} how many may be made: "limits": {"runs": {"most": 3, "days": 30}}`,
    );
  }
  expectPlaces(terminal, { 'link-file': options.linkFile });
  requirePlaywright(terminal);
  const state = stateFolder(terminal, options.state);
  const server = address === undefined ? await serveHere(state, options.port) : undefined;
  const read: OwnerStudy = { ...study, rules: study.rules };
  const plan: OwnPlan = {
    address: address ?? server?.url ?? '',
    data: tablePath,
    study: studyPath,
    read,
    ledger: join(state, 'ledger.json'),
    now: () => new Date(),
  };
  if (server) attendance.say('The link works on this computer alone. For others, give --server.');
  const code = await answer(terminal, options, plan, { ...attendance, giveLink: linkGiver(terminal, options) }, state);
  await server?.close();
  return code;
}

const linkGiver =
  (terminal: Terminal, { linkFile }: OwnOptions) =>
  (link: string): void => {
    if (linkFile === undefined) terminal.out(`${link}\n`);
    else writePrivately(resolve(terminal.folder, linkFile), `${link}\n`);
  };

/** One run, or one after the other until interrupted; gives the exit code. */
function answer(
  terminal: Terminal,
  options: OwnOptions,
  plan: OwnPlan,
  attendance: Attendance & { giveLink(link: string): void },
  state: string,
): Promise<number> {
  let waits = true;
  const say = (line: string) => {
    waits &&= !line.startsWith('Connected');
    attendance.say(line);
  };
  const work = async (stopping: Stopping) => {
    const context = await openChromium({ ...options, folder: terminal.folder, profile: join(state, 'browser') });
    try {
      do {
        waits = true;
        await answerRun(context, plan, { ...attendance, say }, stopping).then(
          (hash) => say(`The table was released under the agreement ${hash}`),
          (error: unknown) => {
            if (!options.serve || stopping.asked || !(error instanceof RunEnded)) throw error;
            say(error.message);
          },
        );
      } while (options.serve && !stopping.asked);
    } finally {
      await context.close();
    }
  };
  return untilStopped(terminal, work, { idle: () => options.serve === true && waits });
}

/** The folder that only this user may look into: the browser's store, the port, and the ledger as a file. */
function stateFolder(terminal: Terminal, given: string | undefined): string {
  const { XDG_STATE_HOME } = terminal.environment;
  const usual = join(XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'blindjoin');
  const folder = given === undefined ? usual : resolve(terminal.folder, given);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UsageError(`--state ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return folder;
}

/** At the same port every time: a browser's ledger belongs to the address of the page. */
async function serveHere(state: string, argument: string | undefined): Promise<RunningServer> {
  const file = join(state, 'port');
  const before = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  const port = portFrom(argument ?? before, undefined) ?? 0;
  try {
    const server = await startServer({ port, host: '127.0.0.1', dist: builtApp() });
    writeFileSync(file, `${server.port}\n`, { mode: 0o600 });
    return server;
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw new CommandError(
      isTaken
        ? `Port ${port} is taken, and the ledger belongs to it. End what uses it, or give another --port, where the ledger knows of no earlier run.`
        : error instanceof Error
          ? error.message
          : String(error),
    );
  }
}
