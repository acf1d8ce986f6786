import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { fromBase64, toBase64 } from './base64.ts';

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

function clkTexts(clks: PackedClks): string[] {
  const { rows, bits, bytesPerClk } = clks;
  return Array.from({ length: rows }, (_, i) => toBase64(bits.subarray(i * bytesPerClk, (i + 1) * bytesPerClk)));
}

/** The CLKs as base64 texts, in row order. */
export function clksToBase64(clks: PackedClks): string[] {
  return clkTexts(clks);
}

/** Python skips whatever else stands in a base64 text; what has it was never a CLK. */
const CLK_TEXT = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/**
 * Packs base64 CLKs.
 * @throws ClkFileError when one is not base64, is empty, or has another length than the first
 */
export function clksFromBase64(texts: readonly string[]): PackedClks {
  let bytesPerClk = 0;
  let bits = new Uint8Array();
  texts.forEach((text, row) => {
    let clk: Uint8Array;
    if (!CLK_TEXT.test(text)) {
      throw new ClkFileError(`The CLK of row ${row + 1} is not base64. Choose a file that hash has written.`);
    }
    try {
      clk = fromBase64(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ClkFileError(`The CLK of row ${row + 1} is not base64 (${reason}). Write the file again.`);
    }
    if (clk.length === 0) throw new ClkFileError(`The CLK of row ${row + 1} is empty. Write the file again.`);
    if (row === 0) {
      bytesPerClk = clk.length;
      bits = new Uint8Array(texts.length * bytesPerClk);
    }
    if (clk.length !== bytesPerClk) {
      throw new ClkFileError(
        `The CLK of row ${row + 1} has ${clk.length} bytes, that of row 1 has ${bytesPerClk}. All must come from one schema.`,
      );
    }
    bits.set(clk, row * bytesPerClk);
  });
  return { rows: texts.length, bits, bytesPerClk };
}

/** JSON as Python's `json.dump` writes these files, `", "` and `": "` between the parts and ASCII only. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  return JSON.stringify(value).replace(
    /[\x7f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The text of a CLK file, `{"clks": [...]}`, in parts: rows one after another, then the end. */
export interface ClkFileParts {
  rows(clks: PackedClks): string;
  end(): string;
}

export function clkFileParts(): ClkFileParts {
  let before = '{"clks": [';
  return {
    rows: (clks) => {
      if (clks.rows === 0) return '';
      const text = `${before}"${clkTexts(clks).join('", "')}"`;
      before = ', ';
      return text;
    },
    end: () => `${before === ', ' ? '' : before}]}`,
  };
}

/** The text of a CLK file: `{"clks": [...]}`. */
export function writeClkFile(clks: PackedClks): string {
  const parts = clkFileParts();
  return parts.rows(clks) + parts.end();
}

/**
 * The text of a file of CLKs with their blocks: `{"clknblocks": [[clk, block, ...], ...]}`.
 * @param blocks one list of block ids a row
 */
export function writeBlockedClkFile(clks: PackedClks, blocks: readonly (readonly string[])[]): string {
  const entries = clkTexts(clks).map((text, row) => [text, ...(blocks[row] ?? [])]);
  return `{"clknblocks": ${pythonJson(entries)}}`;
}

/**
 * Reads a CLK file, with or without blocks.
 * @throws ClkFileError naming what is wrong
 */
export function readClkFile(text: string): ClkFile {
  const json = readJson(text);
  if ('problem' in json) throw new ClkFileError(`The CLK file is not JSON: ${json.problem}.`);
  const parsed = checked(clkFile, json.data);
  if ('problem' in parsed) {
    throw new ClkFileError(
      'The file holds neither {"clks": [...]} nor {"clknblocks": [[...], ...]}. Choose a CLK file.',
    );
  }
  if ('clks' in parsed.data) return { clks: clksFromBase64(parsed.data.clks) };
  const entries = parsed.data.clknblocks;
  return {
    clks: clksFromBase64(entries.map(([clk]) => clk)),
    blocks: entries.map(([, ...blocks]) => blocks.map(String)),
  };
}
