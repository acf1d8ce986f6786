/** What `own` and `ask` do both. Loaded where one of them runs: it brings the page's code along, and other commands start without it. */
import { accessSync, constants, openAsBlob, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readStudyFile, type StudyFile } from '../app/party/study-file.ts';
import { readTable } from '../table/read-table.ts';
import { type Attendance, Stopping } from '../unattended/attendance.ts';
import { loadChromium } from '../unattended/chromium.ts';
import { RunEnded } from '../unattended/party-page.ts';
import { expectWritable } from '../unattended/private-file.ts';
import { checkStudied } from '../unattended/study-decisions.ts';
import { CommandError, UsageError } from './command-error.ts';
import { noteRead, wasRead } from './read-files.ts';
import { fileReason, type Terminal } from './terminal.ts';
import type { UnattendedOptions } from './unattended-options.ts';

/** A person, a rule of the study file or a limit said no. */
const DECLINED_CODE = 3;
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** The words of both screens are compared by a person, or need not be. @throws UsageError where neither is so */
export function attendanceOf(terminal: Terminal, { trustLink, anyBuild }: UnattendedOptions): Attendance {
  const { confirm } = terminal;
  if (!trustLink && confirm === undefined) {
    throw new UsageError(
      'Nobody is at this terminal to compare the words on both screens. Where the link goes over a channel that nobody else reads or writes, say so by --trust-link.',
    );
  }
  return {
    say: (line) => terminal.err(`${line}\n`),
    sameWords: async () => trustLink === true || (await confirm?.('Are they the same on the other side?')) === true,
    anyBuild: anyBuild === true,
  };
}

/** Reads the study and looks through the table as the page will. @throws UsageError for what a page would have to ask a person */
export async function readStudied(
  terminal: Terminal,
  { study: studyName }: UnattendedOptions,
  side: 'data' | 'list',
  tableName: string,
): Promise<{ readonly study: StudyFile; readonly studyPath: string; readonly tablePath: string }> {
  const [studyPath, tablePath] = [studyName, tableName].map((name) => resolve(terminal.folder, name)) as [
    string,
    string,
  ];
  const study = readStudyFile(
    readNamed(terminal, studyPath, studyName, '--study'),
    side === 'data' ? 'owner' : 'researcher',
  );
  if (typeof study === 'string') throw new UsageError(`--study ${studyName}: ${study}`);
  try {
    noteRead(terminal, statSync(tablePath));
    accessSync(tablePath, constants.R_OK);
    const read = await readTable(await openAsBlob(tablePath), basename(tablePath), study.options ?? {});
    for (const line of checkStudied(read, side, study)) terminal.err(`${tableName}: ${line}\n`);
  } catch (error) {
    throw new UsageError(`--${side} ${tableName}: ${fileReason(error)}`);
  }
  return { study, studyPath, tablePath };
}

/** The text of a file that an option names. */
function readNamed(terminal: Terminal, path: string, name: string, option: string): string {
  try {
    noteRead(terminal, statSync(path));
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${option} ${name}: ${fileReason(error)}`);
  }
}

/**
 * A run counts and cannot be repeated: where what comes of it could not be written, or would take the place of something else,
 * none begins. What the command reads has been read by then.
 * @param places the files to write, by their options
 * @throws UsageError
 */
export function expectPlaces(terminal: Terminal, places: Readonly<Record<string, string | undefined>>): void {
  const taken = new Map<string, string>();
  for (const [option, file] of Object.entries(places)) {
    if (file === undefined) continue;
    const path = resolve(terminal.folder, file);
    let place: string;
    try {
      expectWritable(path);
      place = join(realpathSync(dirname(path)), basename(path));
    } catch (error) {
      throw new UsageError(`--${option} ${file}: ${fileReason(error)}`);
    }
    const there = statSync(path, { throwIfNoEntry: false });
    if (there && wasRead(terminal, there)) {
      throw new UsageError(`--${option} ${file} is what this command reads. Name another file for what it writes.`);
    }
    const other = taken.get(place);
    if (other !== undefined)
      throw new UsageError(`--${other} and --${option} are one file. Name another for one of them.`);
    taken.set(place, option);
  }
}

/** Before anything else is done, since it is soon told: whether there is a browser to do it in. */
export function requirePlaywright(terminal: Terminal): void {
  try {
    loadChromium(terminal.folder);
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Does the work until it is done or a signal stops it, and gives the exit code. The other side is told before the code is given.
 * @param idle whether nothing is interrupted by stopping now
 * @param hide what no message may show
 */
export async function untilStopped(
  terminal: Terminal,
  work: (stopping: Stopping) => Promise<void>,
  { idle = () => false, hide = '' }: { readonly idle?: () => boolean; readonly hide?: string } = {},
): Promise<number> {
  const stopping = new Stopping();
  let code: number | undefined;
  const stop = (signal: keyof typeof SIGNAL_CODES) => {
    // Whoever asks twice does not want to wait.
    if (stopping.asked) process.exit(SIGNAL_CODES[signal]);
    code = idle() ? 0 : SIGNAL_CODES[signal];
    terminal.err('Stopping, and telling the other side.\n');
    stopping.stop().catch(() => {});
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    await work(stopping);
    return code ?? 0;
  } catch (error) {
    if (code !== undefined) return code;
    const words = error instanceof Error ? error.message : String(error);
    terminal.err(`${hide === '' ? words : words.replaceAll(hide, 'the link')}\n`);
    return error instanceof RunEnded && error.declined ? DECLINED_CODE : 1;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** An address of the app, as `--server` names it. */
export function addressOf(text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text)) {
    throw new UsageError(`--server "${text}" is no address such as https://blindjoin.example.org/`);
  }
  return new URL(text).href;
}
