import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { compareSchemas } from '../clk/schema-comparison.ts';
import { contextDiff, htmlDiff, linesOf, unifiedDiff, wholeDiff } from '../python/line-diff.ts';
import { parseWhole, withVerbose } from './options.ts';
import { readSchemaFile } from './schema-file.ts';
import { readText, type Terminal } from './terminal.ts';

interface CompareOptions {
  readonly u?: boolean;
  readonly c?: boolean;
  readonly m?: boolean;
  readonly words?: boolean;
  /** Lines of context. */
  readonly l: number;
}

/** A time as `2020-06-24T10:58:23.005298+10:00`. */
function localTime(nanoseconds: bigint): string {
  const time = new Date(Number(nanoseconds / 1_000_000n));
  const offset = -time.getTimezoneOffset();
  const micros = String((nanoseconds / 1000n) % 1_000_000n).padStart(6, '0');
  const two = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, '0');
  const local = new Date(time.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${micros === '000000' ? '' : `.${micros}`}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}

async function dated(terminal: Terminal, file: string): Promise<string> {
  if (file === '-') return file;
  return `${file}\t${localTime((await stat(resolve(terminal.folder, file), { bigint: true })).mtimeNs)}`;
}

async function compare(terminal: Terminal, one: string, other: string, options: CompareOptions): Promise<void> {
  if (options.words) {
    const schemas = [
      await readSchemaFile(terminal, one, 'SCHEMA1', { named: true }),
      await readSchemaFile(terminal, other, 'SCHEMA2', { named: true }),
    ] as const;
    const found = compareSchemas(...schemas);
    for (const { message } of found) terminal.out(`${message}\n`);
    const differs = found.some(({ changesClks }) => changesClks);
    terminal.out(
      differs
        ? 'CLKs made with these two schemas cannot be compared.\n'
        : 'CLKs made with these two schemas can be compared.\n',
    );
    return;
  }
  const first = linesOf(await readText(terminal, one, 'SCHEMA1'));
  const second = linesOf(await readText(terminal, other, 'SCHEMA2'));
  if (options.m) {
    terminal.out(htmlDiff(first, second, { first: one, second: other }));
    return;
  }
  if (!options.u && !options.c) {
    terminal.out(wholeDiff(first, second));
    return;
  }
  const labels = { first: await dated(terminal, one), second: await dated(terminal, other) };
  terminal.out((options.u ? unifiedDiff : contextDiff)(first, second, labels, options.l));
}

/** `compare`, and `compare-schema`, its other name in anonlink-client. */
export function addCompareCommand(program: Command, terminal: Terminal): void {
  withVerbose(program.command('compare'))
    .alias('compare-schema')
    .description('Show how two schemas differ.')
    .argument('<SCHEMA1>', 'a schema (JSON)')
    .argument('<SCHEMA2>', 'another')
    .addOption(
      new Option('-n', 'all lines, those of one file marked - or + (default)').conflicts(['u', 'c', 'm', 'words']),
    )
    .addOption(new Option('-u', 'unified format').conflicts(['c', 'm', 'words']))
    .addOption(new Option('-c', 'context format').conflicts(['m', 'words']))
    .addOption(new Option('-m', 'a page (HTML) with the two side by side').conflicts('words'))
    .option(
      '--words',
      'what the differences mean, and whether CLKs made with the two can be compared (linkage schemas)',
    )
    .addOption(new Option('-l <LINES>', 'lines of context for -u and -c').argParser(parseWhole(0)).default(3))
    .action((one: string, other: string, options: CompareOptions) => compare(terminal, one, other, options));
}
