/**
 * `npm run quality`: how well the keys link two files of which the truth is known, computed in the clear. Without files it
 * compares all methods on FEBRL's and on generated people.
 */
import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { KEY_SOURCES, type MatchField } from '../../agreement/match-field.ts';
import type { BoundField } from '../../keys/bound-field.ts';
import { concatenateFields } from '../../keys/concatenate.ts';
import { designKeys } from '../../keys/design.ts';
import { matchProblems } from '../../keys/match-problems.ts';
import { matchRecords } from '../../keys/match-records.ts';
import type { MatchRecords } from '../../keys/records.ts';
import { usualDigits } from '../../table/code-length.ts';
import type { ColumnUse } from '../../table/column-use.ts';
import type { Table } from '../../table/data-table.ts';
import { readTable } from '../../table/read-table.ts';
import { addDecision, DECIDE_HELP, type Decisions, decidedTable, UNDECIDED } from '../../unattended/decisions.ts';
import { FOLDER_HEAD, type FolderRow, folderLine, folderRow } from './folder-quality.ts';
import { folderSets } from './folder-sets.ts';
import { judgeMatches, linkageCandidates, weighedMatches } from './linkage-quality.ts';
import { bestRows, type ComparedRow, compareMethods } from './quality-comparison.ts';
import {
  type ComparisonOptions,
  type FolderOptions,
  parseCount,
  parseMatch,
  parsePattern,
  parsePeople,
  parseSeed,
  type QualityOptions,
} from './quality-options.ts';
import { HARDER_SETS, QUALITY_SETS, type QualitySet } from './quality-sets.ts';
import { type RuleRow, ruleQuality } from './rule-quality.ts';

const USUAL_BANDS = 64;

function columnOf(table: Table, file: string, name: string): number {
  const column = table.columns.indexOf(name);
  if (column < 0) throw new Error(`${file} has no column "${name}"; it has ${table.columns.join(', ')}.`);
  return column;
}

/** A side's table, decided as the options say; throws where it leaves something open. */
async function readSide(side: keyof Decisions, options: QualityOptions): Promise<Table> {
  const file = options[side];
  const decisions = (options.decide ?? UNDECIDED)[side];
  const uses = new Map(options.match.map(({ name, type }): [string, ColumnUse] => [name, type]));
  return decidedTable(
    await readTable(await openAsBlob(file), basename(file), decisions.options),
    side,
    decisions,
    uses,
  );
}

/** The fields as the data owner's terms would have them: with the digits of their codes. */
function withDigits(match: readonly MatchField[], data: Table): MatchField[] {
  return match.map((field) => {
    const column = data.columns.indexOf(field.name);
    if (field.type !== 'code' || column < 0) return field;
    const digits = data.settings(column).codeLength ?? usualDigits(data.profile(column).sample);
    return digits > 0 ? { ...field, digits } : field;
  });
}

/** What is done to values before they are compared, and other things that a page would say. */
function sayProblems(side: string, table: Table, fields: readonly BoundField[], records: MatchRecords): void {
  for (const { message } of matchProblems(table, fields, records)) console.error(`${side}: ${message}`);
}

function sideOf(file: string, table: Table, options: QualityOptions): { records: MatchRecords; truth: string[] } {
  const bind = (field: MatchField) => ({ ...field, column: columnOf(table, file, field.name) });
  const truth = Array.from(table.values(columnOf(table, file, options.truth)), (value) => {
    if (!options.truthPattern) return value.trim();
    const found = options.truthPattern.exec(value);
    return found?.[1] ?? found?.[0] ?? '';
  });
  if (!options.concatenate) {
    const fields = options.match.map(bind);
    const records = matchRecords(table, fields);
    sayProblems(file, table, fields, records);
    return { records, truth };
  }
  const [field] = options.match;
  if (!field || options.match.length !== 1)
    throw new Error('--concatenate makes one field: give --match one NAME=TYPE.');
  const parts = options.concatenate.map((name) => bind({ name, type: 'text' }));
  return { records: concatenateFields(matchRecords(table, parts), field), truth };
}

async function measure(options: QualityOptions): Promise<void> {
  const { bands = USUAL_BANDS } = options;
  if (options.agree > bands) throw new Error(`--agree ${options.agree} is more than --bands ${bands}.`);
  const [listTable, dataTable] = [await readSide('list', options), await readSide('data', options)];
  const asAgreed = { ...options, match: withDigits(options.match, dataTable) };
  const list = sideOf(options.list, listTable, asAgreed);
  const data = sideOf(options.data, dataTable, asAgreed);
  const design = designKeys(data.records, options.keys, options.seed, bands);
  const candidates = linkageCandidates(list.records, data.records, design);
  const weighed = weighedMatches(candidates, list.records, data.records.rows, design, options.agree);
  const rows = weighed.map(({ matches, ...row }) => ({
    method: options.keys,
    ...row,
    ...judgeMatches(matches, list.truth, data.truth),
  }));
  const number = (value: number) => value.toFixed(4).padStart(10);
  console.log(
    `${'method'.padEnd(12)}${'threshold'.padStart(10)}${'precision'.padStart(10)}${'recall'.padStart(10)}${'f1'.padStart(10)}`,
  );
  for (const { method, threshold, precision, recall, f1, ofRun, estimated } of rows) {
    const asked = ofRun
      ? `  <- what a run takes; it would say${number(estimated.precision)}${number(estimated.recall)}`
      : '';
    console.log(
      `${method.padEnd(12)}${String(threshold).padStart(10)}${number(precision)}${number(recall)}${number(f1)}${asked}`,
    );
  }
  if (options.json) await writeFile(options.json, `${JSON.stringify(rows, null, 2)}\n`);
}

/** @throws where an option is missing that measuring two files needs */
function complete(options: Partial<QualityOptions>): QualityOptions {
  for (const name of ['list', 'data', 'match', 'truth'] as const) {
    if (options[name] === undefined)
      throw new Error(`--${name} is missing: with --list give --data, --match and --truth.`);
  }
  if ((options as Partial<FolderOptions>).match === 'guess') throw new Error('--match guess goes with --folder.');
  return options as QualityOptions;
}

/**
 * The sets of these names, or all.
 * @throws where there is no such set
 */
function setsNamed(
  names: readonly string[] | undefined,
  sets: readonly QualitySet[] = [...QUALITY_SETS, ...HARDER_SETS],
): readonly QualitySet[] {
  const known = sets.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`--sets: there is no set "${unknown}"; there are ${known.join(', ')}.`);
  return names ? sets.filter(({ name }) => names.includes(name)) : QUALITY_SETS;
}

async function compare({
  sets: names,
  people,
  seed,
  bands = USUAL_BANDS,
  agree,
  json,
}: ComparisonOptions): Promise<void> {
  const all: (ComparedRow & { readonly set: string })[] = [];
  const line = (set: string, { method, threshold, ...row }: ComparedRow, remark: string) => {
    const figures = [row.precision, row.recall, row.f1].map((figure) => figure.toFixed(4));
    const wrong = row.wrongInHousehold === undefined ? '' : `${row.wrongInHousehold} + ${row.wrongStrangers}`;
    console.log(`| ${[set, method, threshold, ...figures, row.megabytes.toFixed(1), wrong].join(' | ')} | ${remark} |`);
  };
  console.log('| set | method | threshold | precision | recall | F1 | MB | wrong: household + strangers | |');
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const { name, load } of setsNamed(names)) {
    const rows = compareMethods(await load(people), { seed, bands, agree });
    for (const row of rows) {
      const says = row.estimated && `${row.estimated.precision.toFixed(4)} / ${row.estimated.recall.toFixed(4)}`;
      if (says) line(name, row, `what a run takes; it would say ${says}`);
      else if (row.method.endsWith('counted') && row.threshold === agree) line(name, row, 'as agreed');
    }
    for (const row of bestRows(rows)) line(name, row, 'best threshold');
    all.push(...rows.map((row) => ({ set: name, ...row })));
  }
  if (json) await writeFile(json, `${JSON.stringify(all, null, 2)}\n`);
}

/** The bands that the rule asks for on every set, with what it expects of them beside what is true. */
async function judgeRule({ sets: names, people, seed, json }: ComparisonOptions): Promise<void> {
  console.log(
    '| set | method | bands | agreeing | found: expected, true | others met: expected, true | precision | recall | F1 |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  const all: (RuleRow & { readonly set: string })[] = [];
  for (const { name, load } of setsNamed(names)) {
    const pair = await load(people);
    for (const source of KEY_SOURCES) {
      const row = ruleQuality(pair, source, seed);
      const { expected, found, precision, recall, f1 } = row;
      const figures = [precision, recall, f1].map((figure) => figure.toFixed(4));
      const recalls = `${expected.recall.toFixed(3)}, ${found.recall.toFixed(3)}`;
      const met = `${expected.lookAlikes.toPrecision(2)}, ${found.lookAlikes.toPrecision(2)}`;
      console.log(
        `| ${[name, source, expected.bands, expected.agreeingBands, recalls, met, ...figures].join(' | ')} |`,
      );
      all.push({ set: name, ...row });
    }
  }
  if (json) await writeFile(json, `${JSON.stringify(all, null, 2)}\n`);
}

/** All sets of a folder, with the known ones where `--sets` names some of them. */
async function measureFolder(options: FolderOptions): Promise<void> {
  const { folder, match = 'guess', sets: names, seed, seeds = 1, bands, agree, keys, people, clks, json } = options;
  const own = folderSets(folder, match === 'guess' ? undefined : match);
  const chosen = names ? setsNamed(names, [...own, ...QUALITY_SETS, ...HARDER_SETS]) : own;
  const rules = {
    keys,
    bands: bands ?? ('page' as const),
    agree,
    clks,
    seeds: Array.from({ length: seeds }, (_, i) => laterSeed(seed, i)),
  };
  console.log(FOLDER_HEAD);
  const rows: FolderRow[] = [];
  for (const { name, load } of chosen) {
    try {
      const row = folderRow(name, await load(people), rules);
      console.log(folderLine(row));
      rows.push(row);
    } catch (error) {
      // One set that cannot be measured is no reason to lose the others.
      console.error(`${name}: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
  }
  if (json) await writeFile(json, `${JSON.stringify(rows, null, 2)}\n`);
}

/** The seed that comes `steps` after this one. */
function laterSeed(seed: string, steps: number): string {
  return ((BigInt(`0x${seed}`) + BigInt(steps)) % 2n ** 128n).toString(16).padStart(32, '0');
}

const program = new Command('quality')
  .description('Precision and recall of a linkage of two files whose truth is known')
  .option('--list <file>', "the researcher's list (CSV); without it, all methods are compared on sets that are known")
  .option(
    '--folder <dir>',
    'a folder of sets: subfolders with list.csv and data.csv, the truth in their column truth_key',
  )
  .option('--seeds <n>', 'of a folder, how many designs: that of --seed and those that follow', parseCount)
  .option('--no-clks', 'of a folder, leave CLKs out, which take most of the time')
  .option(
    '--sets <names>',
    `of those sets, which; also ${HARDER_SETS.map(({ name, about }) => `${name} (${about})`).join(', ')}`,
    (text) => text.split(','),
  )
  .option('--people <seed>', 'of those sets, which generated people: a number', parsePeople, 1)
  .option('--rule', 'of those sets, what the rule for the number of bands expects, beside what is true')
  .option('--data <file>', "the owner's data (CSV)")
  .option(
    '--match <fields>',
    'matching columns and their types: given_name=name,postcode=code,...; of a folder also: guess, as the pages do',
    parseMatch,
  )
  .option('--decide <what>', DECIDE_HELP, addDecision)
  .option('--concatenate <columns>', 'columns to join into the one field that --match names', (text) => text.split(','))
  .option('--truth <column>', 'the column, in both files, that says who a row is')
  .option('--truth-pattern <regexp>', 'the part of it that counts, in parentheses', parsePattern)
  .option('--bands <n>', 'bands, 64 where nothing is said, but of a folder as the page decides', parseCount)
  .option('--agree <n>', 'agreeing bands', parseCount, 2)
  .addOption(new Option('--keys <source>', 'matching keys').choices(KEY_SOURCES).default('minhash'))
  .option('--seed <hex>', "the design's seed, 32 hexadecimal digits", parseSeed, '000102030405060708090a0b0c0d0e0f')
  .option('--json <file>', 'write the table as JSON too');

program.parse();
try {
  const options = program.opts<Partial<QualityOptions> & ComparisonOptions & Pick<FolderOptions, 'keys'>>();
  const { folder } = program.opts<Partial<FolderOptions>>();
  if (folder !== undefined) await measureFolder({ ...program.opts<FolderOptions>(), folder });
  else if (program.opts<Partial<FolderOptions>>().seeds !== undefined) throw new Error('--seeds goes with --folder.');
  else if (options.rule) await judgeRule(options);
  else if (options.list === undefined) await compare(options);
  else await measure(complete(options));
} catch (error) {
  program.error(`error: ${error instanceof Error ? error.message : String(error)}`);
}
