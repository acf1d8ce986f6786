import { resolve } from 'node:path';
import { parseRoomLink } from '../net/link.ts';
import { type Answer, askRun } from '../unattended/ask.ts';
import type { Stopping } from '../unattended/attendance.ts';
import { openChromium } from '../unattended/chromium.ts';
import { writePrivately } from '../unattended/private-file.ts';
import { UsageError } from './command-error.ts';
import { readText, type Terminal } from './terminal.ts';
import type { UnattendedOptions } from './unattended-options.ts';
import {
  addressOf,
  attendanceOf,
  expectPlaces,
  readStudied,
  requirePlaywright,
  untilStopped,
} from './unattended-work.ts';

export interface AskOptions extends UnattendedOptions {
  readonly list: string;
  readonly link?: string;
  readonly linkFile?: string;
  readonly server?: string;
  readonly out?: string;
  readonly json?: string;
}

/** @returns the exit code */
export async function ask(terminal: Terminal, options: AskOptions): Promise<number> {
  const link = await linkOf(terminal, options);
  expectServer(link, options.server);
  const attendance = attendanceOf(terminal, options);
  const { studyPath: study, tablePath: list } = await readStudied(terminal, options, 'list', options.list);
  expectPlaces(terminal, { out: options.out === '-' ? undefined : options.out, json: options.json });
  requirePlaywright(terminal);
  const work = async (stopping: Stopping) => {
    const context = await openChromium({ ...options, folder: terminal.folder });
    try {
      write(terminal, options, await askRun(context, { link, list, study }, attendance, stopping));
    } finally {
      await context.close();
      await context.browser()?.close();
    }
  };
  return untilStopped(terminal, work, { hide: link });
}

function write(terminal: Terminal, { out, json }: AskOptions, answer: Answer): void {
  if (out === undefined || out === '-') terminal.out(answer.csv);
  else writePrivately(resolve(terminal.folder, out), answer.csv);
  if (json !== undefined) writePrivately(resolve(terminal.folder, json), answer.json);
  if (out !== undefined && out !== '-') terminal.err(`The table is in ${out}.\n`);
}

const THIS_COMPUTER = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whoever serves the page that a link opens is given the list, and could serve another page than this. A person sees the address
 * before they choose a file; here it has to be named by who starts the command, and not by who sent the link.
 */
function expectServer(link: string, server: string | undefined): void {
  const { origin, pathname, hostname } = new URL(link);
  if (server === undefined) {
    if (THIS_COMPUTER.includes(hostname)) return;
    throw new UsageError(
      `The link opens a page of ${origin}, which is given your list. Where you trust who serves it, say so: --server ${origin}/`,
    );
  }
  const trusted = new URL(addressOf(server));
  // Others may have folders of their own beside the one named, with or without the stroke at its end.
  const folder = trusted.pathname.replace(/\/(?:[^/]*\.html)?$/, '');
  if (origin !== trusted.origin || !`${pathname}/`.startsWith(`${folder}/`)) {
    throw new UsageError(`The link opens a page of ${origin}${pathname}, and not of --server ${server}.`);
  }
}

/** The link is a secret: no message shows it. */
async function linkOf(terminal: Terminal, { link, linkFile }: AskOptions): Promise<string> {
  if ((link === undefined) === (linkFile === undefined)) {
    throw new UsageError('Give the link by --link-file FILE, or by --link-file - on standard input.');
  }
  if (link !== undefined && link !== '-') {
    // Takes it out of the list of processes, where it has stood until now.
    process.title = 'blindjoin ask';
    terminal.err('Whoever was on this computer could read the link in the list of processes. Prefer --link-file.\n');
  }
  const given = link !== undefined && link !== '-' ? link : await readText(terminal, linkFile ?? '-', '--link-file');
  const text = given.trim();
  const { hash } = /^https?:/.test(text) && URL.canParse(text) ? new URL(text) : { hash: '' };
  if (!/^#\/(researcher|owner)\?.*\broom=/.test(hash)) {
    throw new UsageError('What was given as link is none: it begins with http and holds the room and its secret.');
  }
  if (hash.startsWith('#/owner')) {
    throw new UsageError('This link is for a data owner. The data owner makes the room, and “ask” opens its link.');
  }
  try {
    parseRoomLink(hash);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  return text;
}
