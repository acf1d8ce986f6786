import { z } from 'zod';
import { type BlockNames, type RowBlocks, RowBlocksBuilder } from '../blocking/row-blocks.ts';
import { ClkFileError, ClkPacker, type PackedClks } from '../clk/clk-file.ts';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { JsonStreamError, jsonPieces } from '../parsing/json-stream.ts';
import { type ByteSource, checkedParts, openBytes } from './byte-source.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** The CLKs of one data set, and the blocks of its rows where the file has them. */
export interface ClkSet {
  readonly clks: PackedClks;
  readonly blocks?: RowBlocks;
}

const none = z.union([z.object({ clks: z.array(z.never()) }), z.object({ clknblocks: z.array(z.never()) })]);
const blockedRow = z.tuple([z.string()], z.union([z.string(), z.number()]));

const foreign = (name: string): CommandError =>
  new CommandError(
    `${name} holds neither {"clks": [...]} nor {"clknblocks": [[...], ...]}. Choose a file that hash has written.`,
  );

/** The pieces of a JSON file. @throws CommandError naming the file where it is not JSON */
export function* piecesOf(source: ByteSource, paths: readonly string[]): ReturnType<typeof jsonPieces> {
  try {
    yield* jsonPieces(() => checkedParts(source), paths);
  } catch (error) {
    if (!(error instanceof JsonStreamError)) throw error;
    throw new CommandError(`${source.name} is not JSON: ${error.message}.`);
  }
}

const SMALL_BYTES = 1 << 20;

/** A whole JSON value, of a file that has none of the pieces that were looked for; undefined where it is a large one. */
export function smallJson(source: ByteSource): unknown {
  if (source.size > SMALL_BYTES) return undefined;
  const bytes = [...source.parts()].map((part) => part.slice());
  const json = readJson(bytes.map((part) => new TextDecoder().decode(part)).join(''));
  return 'data' in json ? json.data : undefined;
}

/** Gets the blocks of rows as they are met. */
export interface BlockSink {
  add(row: number, id: string): void;
}

/** CLKs that are held at once where they are given away, and characters of base64 that these have where they are long. */
const CLKS_A_PART = 16_384;
const CHARACTERS_A_PART = 1 << 22;

const clksAPart = (first: string): number =>
  Math.min(CLKS_A_PART, Math.max(1, Math.floor(CHARACTERS_A_PART / Math.max(1, first.length))));

/**
 * Reads a file of CLKs, of which only the CLKs themselves are kept, packed.
 * @param names numbers for the ids of blocks
 * @throws CommandError that names the file, the row, and what is wrong
 */
export async function readClkSet(
  terminal: Terminal,
  file: string,
  argument: string,
  names: BlockNames,
): Promise<ClkSet> {
  const source = await openBytes(terminal, file, argument);
  // Between two CLKs stand two quotes and a comma at least.
  const packer = new ClkPacker((first) => Math.ceil(source.size / (first.length + 3)));
  const blocks = new RowBlocksBuilder(names);
  const kind = packClks(source, packer, blocks, () => {});
  const clks = packer.packed();
  return kind === 'clknblocks' ? { clks, blocks: blocks.build(clks.rows) } : { clks };
}

/**
 * Reads a file of CLKs and keeps none.
 * @param take gets them part by part; a part is good until the next
 * @param blocks where it has blocks that are wanted
 * @returns which list the file has, `clks` or `clknblocks`; undefined where it is empty
 * @throws CommandError that names the file, the row, and what is wrong
 */
export async function eachClkPart(
  terminal: Terminal,
  file: string,
  argument: string,
  take: (part: PackedClks) => void,
  blocks?: BlockSink,
): Promise<string | undefined> {
  const source = await openBytes(terminal, file, argument);
  let most = 0;
  const packer = new ClkPacker((first) => {
    most = clksAPart(first);
    return most;
  });
  const kind = packClks(source, packer, blocks, () => {
    if (packer.held < most) return;
    take(packer.packed());
    packer.drain();
  });
  if (packer.held > 0) take(packer.packed());
  return kind;
}

/**
 * Packs the CLKs of a file.
 * @param blocks where it has blocks that are wanted
 * @param packed called after each
 * @returns which list the file has; undefined where it is empty
 */
function packClks(
  source: ByteSource,
  packer: ClkPacker,
  blocks: BlockSink | undefined,
  packed: () => void,
): string | undefined {
  const { name } = source;
  let kind: string | undefined;
  for (const { path, value } of piecesOf(source, ['$.clks.*', '$.clknblocks.*'])) {
    const [list, row] = path;
    if (typeof row !== 'number') throw foreign(name);
    kind ??= String(list);
    if (kind !== list || row !== packer.count) {
      throw new CommandError(`${name} has more than one list of CLKs. Leave one of them.`);
    }
    try {
      packer.add(list === 'clks' ? clkOf(value, row) : blockedClkOf(value, row, blocks));
    } catch (error) {
      if (!(error instanceof ClkFileError)) throw error;
      throw new CommandError(`${name}: ${error.message}`);
    }
    packed();
  }
  if (kind === undefined && 'problem' in checked(none, smallJson(source))) throw foreign(name);
  return kind;
}

function clkOf(value: unknown, row: number): string {
  if (typeof value === 'string') return value;
  throw new ClkFileError(`The CLK of row ${row + 1} is no text in quotes. Choose a file that hash has written.`);
}

function blockedClkOf(value: unknown, row: number, blocks: BlockSink | undefined): string {
  const parsed = checked(blockedRow, value);
  if ('problem' in parsed) {
    throw new ClkFileError(
      `Row ${row + 1} is not a CLK with its blocks, ["...", "block", ...]. Choose a file of CLKs with blocks.`,
    );
  }
  const [clk, ...ids] = parsed.data;
  for (const id of ids) blocks?.add(row, String(id));
  return clk;
}
