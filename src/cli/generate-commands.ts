import { type Command, Option } from 'commander';
import type { SampleKind } from '../sample/people.ts';
import { peopleCsv, peopleSchema } from '../sample/people-files.ts';
import { parseWhole, withVerbose } from './options.ts';
import { writeText } from './output-file.ts';
import type { Terminal } from './terminal.ts';

/** What memory holds the numbers of. */
const MAX_PEOPLE = 100_000_000;

interface GenerateOptions {
  readonly seed: number;
  readonly second?: boolean;
  readonly overlap?: number;
}

async function generate(terminal: Terminal, size: number, output: string, options: GenerateOptions): Promise<void> {
  const overlap = Math.min(size, options.overlap ?? Math.floor(size / 2));
  const kind: SampleKind = options.second ? 'data' : 'list';
  await writeText(terminal, output, peopleCsv(kind, { listRows: size, dataRows: size, overlap, seed: options.seed }));
}

const NOTES = `
Two files of one size, seed and overlap belong together:

  blindjoin generate 1000 a.csv
  blindjoin generate 1000 b.csv --second

The number in person_id tells who is who; everything else may be written with mistakes.`;

/** `generate` and `generate-default-schema`. */
export function addGenerateCommands(program: Command, terminal: Terminal): void {
  withVerbose(program.command('generate'))
    .description('Write a table of made-up people, with mistakes as clerks make them.')
    .argument('<SIZE>', 'how many people', parseWhole(0, MAX_PEOPLE))
    .argument('<OUTPUT>', 'file for the table (CSV); - for standard output')
    .addOption(new Option('--seed <N>', 'the same number gives the same people').argParser(parseWhole(0)).default(1))
    .option('--second', 'the second of two tables, written by another clerk')
    .addOption(
      new Option('--overlap <N>', 'how many people are in both tables (half of them)').argParser(parseWhole(0)),
    )
    .addHelpText('after', NOTES)
    .action((size: number, output: string, options: GenerateOptions) => generate(terminal, size, output, options));
  withVerbose(program.command('generate-default-schema'))
    .description('Write the linkage schema that fits generated people.')
    .argument('<OUTPUT>', 'file for the schema (JSON); - for standard output')
    .action((output: string) => writeText(terminal, output, `${JSON.stringify(peopleSchema(), null, 2)}\n`));
}
