import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { pythonJson } from '../python/json.ts';
import { t } from '../words/translate.ts';
import { base64Length, fromBase64, writeBase64 } from './base64.ts';

/** CLKs packed one after another; bit 0 of a CLK is the top bit of its first byte. */
export interface PackedClks {
  readonly rows: number;
  readonly bits: Uint8Array;
  readonly bytesPerClk: number;
}

/** What a CLK file holds. `blocks` is present when the file was written with blocks: the block ids of each row. */
export interface ClkFile {
  readonly clks: PackedClks;
  readonly blocks?: readonly (readonly string[])[];
}

/** A CLK file cannot be read. */
export class ClkFileError extends Error {
  override readonly name = 'ClkFileError';
}

const clkFile = z.union([
  z.object({ clks: z.array(z.string()) }),
  z.object({ clknblocks: z.array(z.tuple([z.string()], z.union([z.string(), z.number()]))) }),
]);

const ascii = new TextDecoder();
const QUOTE = 34;

function clkTexts({ rows, bits, bytesPerClk }: PackedClks): string[] {
  const length = base64Length(bytesPerClk);
  const bytes = new Uint8Array(rows * length);
  for (let row = 0; row < rows; row++) writeBase64(bytes, row * length, bits, row * bytesPerClk, bytesPerClk);
  const text = ascii.decode(bytes);
  return Array.from({ length: rows }, (_, row) => text.slice(row * length, (row + 1) * length));
}

/** The CLKs as base64 texts, in row order. */
export function clksToBase64(clks: PackedClks): string[] {
  return clkTexts(clks);
}

/** Python skips whatever else stands in a base64 text; what has it was never a CLK. */
const CLK_TEXT = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** Packs base64 CLKs as they come. */
export class ClkPacker {
  #bits = new Uint8Array();
  #bytesPerClk = 0;
  #rows = 0;
  /** Rows that were given away. */
  #drained = 0;

  readonly #roomFor: (first: string) => number;

  /** @param roomFor how many CLKs there will be at most, given the text of the first; more room is made where it is too few */
  constructor(roomFor: (first: string) => number) {
    this.#roomFor = roomFor;
  }

  /** @throws ClkFileError when it is not base64, is empty, or has another length than the first */
  add(text: string): void {
    const row = this.#rows + 1;
    let clk: Uint8Array;
    if (!CLK_TEXT.test(text)) {
      throw new ClkFileError(t('The CLK of row {{row}} is not base64. Choose a file that hash has written.', { row }));
    }
    try {
      clk = fromBase64(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ClkFileError(
        t('The CLK of row {{row}} is not base64 ({{reason}}). Write the file again.', { row, reason }),
      );
    }
    if (clk.length === 0) throw new ClkFileError(t('The CLK of row {{row}} is empty. Write the file again.', { row }));
    if (row === 1) {
      this.#bytesPerClk = clk.length;
      this.#bits = new Uint8Array(Math.max(1, this.#roomFor(text)) * clk.length);
    }
    if (clk.length !== this.#bytesPerClk) {
      throw new ClkFileError(
        t('The CLK of row {{row}} has {{bytes}} bytes, that of row 1 has {{first}}. All must come from one schema.', {
          row,
          bytes: clk.length,
          first: this.#bytesPerClk,
        }),
      );
    }
    const at = this.held * this.#bytesPerClk;
    if (at === this.#bits.length) {
      const grown = new Uint8Array(2 * at);
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits.set(clk, at);
    this.#rows = row;
  }

  get count(): number {
    return this.#rows;
  }

  /** Rows that are held. */
  get held(): number {
    return this.#rows - this.#drained;
  }

  packed(): PackedClks {
    const { held: rows } = this;
    const bits = this.#bits;
    const bytesPerClk = this.#bytesPerClk;
    return { rows, bits: bits.subarray(0, rows * bytesPerClk), bytesPerClk };
  }

  /** Forgets what is held; rows are counted on, and must still be of one length. */
  drain(): void {
    this.#drained = this.#rows;
  }
}

/**
 * Packs base64 CLKs.
 * @throws ClkFileError when one is not base64, is empty, or has another length than the first
 */
export function clksFromBase64(texts: readonly string[]): PackedClks {
  const packer = new ClkPacker(() => texts.length);
  for (const text of texts) packer.add(text);
  return packer.packed();
}

/** The text of a CLK file, `{"clks": [...]}`, as ASCII in parts: rows one after another, then the end. */
export interface ClkFileParts {
  rows(clks: PackedClks): Uint8Array;
  end(): Uint8Array;
}

export function clkFileParts(): ClkFileParts {
  const encoder = new TextEncoder();
  const comma = encoder.encode('", "');
  let before = encoder.encode('{"clks": [');
  let any = false;
  return {
    rows: ({ rows, bits, bytesPerClk }) => {
      if (rows === 0) return new Uint8Array();
      const text = new Uint8Array(before.length + rows * (base64Length(bytesPerClk) + comma.length) - 2);
      text.set(before);
      let at = before.length;
      text[at++] = QUOTE;
      for (let row = 0; row < rows; row++) {
        if (row > 0) {
          text.set(comma, at);
          at += comma.length;
        }
        at = writeBase64(text, at, bits, row * bytesPerClk, bytesPerClk);
      }
      text[at] = QUOTE;
      before = encoder.encode(', ');
      any = true;
      return text;
    },
    end: () => encoder.encode(any ? ']}' : '{"clks": []}'),
  };
}

/** The ids of a row's blocks. */
export type BlockIdsOf = (row: number) => readonly string[];

const ROWS_A_PART = 5_000;

/**
 * The text of a CLK file, ASCII only, in parts: `{"clks": [...]}`, or `{"clknblocks": [[clk, block, ...], ...]}`.
 * @param blocksOf where the CLKs have blocks
 */
export function* clkFileText(clks: PackedClks, blocksOf?: BlockIdsOf): Generator<string> {
  const { bits, bytesPerClk } = clks;
  yield blocksOf ? '{"clknblocks": [' : '{"clks": [';
  for (let start = 0; start < clks.rows; start += ROWS_A_PART) {
    const rows = Math.min(ROWS_A_PART, clks.rows - start);
    const part = { rows, bits: bits.subarray(start * bytesPerClk, (start + rows) * bytesPerClk), bytesPerClk };
    const entries = clkTexts(part).map((text, row) =>
      blocksOf ? `[${[text, ...blocksOf(start + row)].map((value) => pythonJson(value)).join(', ')}]` : `"${text}"`,
    );
    yield `${start === 0 ? '' : ', '}${entries.join(', ')}`;
  }
  yield ']}';
}

/** The text of a CLK file: `{"clks": [...]}`. */
export function writeClkFile(clks: PackedClks): string {
  return [...clkFileText(clks)].join('');
}

/**
 * The text of a file of CLKs with their blocks: `{"clknblocks": [[clk, block, ...], ...]}`.
 * @param blocks one list of block ids a row
 */
export function writeBlockedClkFile(clks: PackedClks, blocks: readonly (readonly string[])[]): string {
  return [...clkFileText(clks, (row) => blocks[row] ?? [])].join('');
}

/**
 * Reads a CLK file, with or without blocks.
 * @throws ClkFileError naming what is wrong
 */
export function readClkFile(text: string): ClkFile {
  const json = readJson(text);
  if ('problem' in json) throw new ClkFileError(t('The CLK file is not JSON: {{problem}}.', { problem: json.problem }));
  const parsed = checked(clkFile, json.data);
  if ('problem' in parsed) {
    throw new ClkFileError(
      t('The file holds neither {"clks": [...]} nor {"clknblocks": [[...], ...]}. Choose a CLK file.'),
    );
  }
  if ('clks' in parsed.data) return { clks: clksFromBase64(parsed.data.clks) };
  const entries = parsed.data.clknblocks;
  return {
    clks: clksFromBase64(entries.map(([clk]) => clk)),
    blocks: entries.map(([, ...blocks]) => blocks.map(String)),
  };
}
