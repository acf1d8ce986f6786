/** JSON texts longer than a string can be: values at some places are given as they are met, and nothing else is kept. */
import { JSONParser } from '@streamparser/json';
import { joinedBytes } from './joined-bytes.ts';
import { readJson, tooDeepWords } from './json.ts';
import { createDepthCheck } from './json-depth.ts';

/** A value of a JSON text, and the names and positions that lead to it. */
export interface JsonPiece {
  /** Names, and positions in lists. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** A text is not JSON; the message says where it stops being JSON and why, for people, as `readJson` does. */
export class JsonStreamError extends Error {
  override readonly name = 'JsonStreamError';
}

/** Texts up to so many bytes are read again as a whole to say what is wrong with them. */
const EXPLAINED_BYTES = 1 << 26;
const LINE_FEED = 10;
/** Characters up to the blank are white space in JSON. */
const BLANK = 32;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Where the fault of a text too long to be read as a whole is; the parser tells the byte of the part. */
function placeOf(parts: () => Iterable<Uint8Array>, byte: number): string {
  let [at, line, lineStart] = [0, 1, 0];
  for (const part of parts()) {
    const end = Math.min(part.length, byte - at);
    for (let i = part.indexOf(LINE_FEED); i >= 0 && i < end; i = part.indexOf(LINE_FEED, i + 1)) {
      line++;
      lineStart = at + i + 1;
    }
    at += part.length;
    if (at > byte) break;
  }
  return `line ${line}, column ${byte - lineStart + 1}`;
}

/** @param byte where the fault is; undefined where the text ends too early */
function problemOf(parts: () => Iterable<Uint8Array>, byte: number | undefined, words: string): string {
  const taken: Uint8Array[] = [];
  let bytes = 0;
  for (const part of parts()) {
    bytes += part.length;
    if (bytes > EXPLAINED_BYTES) break;
    taken.push(part.slice());
  }
  if (bytes <= EXPLAINED_BYTES) {
    const json = readJson(new TextDecoder().decode(joinedBytes(taken, bytes)));
    if ('problem' in json) return json.problem;
  }
  return byte === undefined ? 'it ends before its last list or object is closed' : `${placeOf(parts, byte)}: ${words}`;
}

/** The problem that the parser found; it tells the byte of the part. */
function parserProblem(parts: () => Iterable<Uint8Array>, error: unknown, partStart: number): string {
  const byte = /position "?(\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return problemOf(
    parts,
    byte === undefined ? undefined : partStart + Number(byte),
    'a character does not belong here',
  );
}

/**
 * The values of a JSON text at some paths, in the order in which they end. None of them should lie within another: what
 * is given is kept no longer, what lies around it is.
 * @param parts the text in UTF-8, which is gone through again to say what is wrong with it
 * @param paths in the notation of JSONPath: `$.clks.*` for the entries of a list or an object
 * @throws JsonStreamError when it is not JSON
 */
export function* jsonPieces(parts: () => Iterable<Uint8Array>, paths: readonly string[]): Generator<JsonPiece> {
  const parser = new JSONParser({ paths: [...paths], keepStack: false, stringBufferSize: 1 << 16 });
  const depthIn = createDepthCheck();
  let found: JsonPiece[] = [];
  let failure: unknown;
  let empty = true;
  let start = 0;
  parser.onValue = ({ value, key, stack }) => {
    const path = [...stack.slice(1).map((entry) => entry.key), key];
    found.push({ path: path.filter((name) => name !== undefined), value });
  };
  parser.onError = (error) => {
    failure ??= error;
  };
  for (const part of parts()) {
    empty &&= !part.some((byte) => byte > BLANK && !BYTE_ORDER_MARK.includes(byte));
    // The parser takes as long for a value as there are lists and objects around it.
    const deep = depthIn(part);
    if (deep !== undefined) throw new JsonStreamError(problemOf(parts, start + deep, tooDeepWords()));
    parser.write(part);
    if (failure !== undefined) throw new JsonStreamError(parserProblem(parts, failure, start));
    start += part.length;
    yield* found;
    found = [];
  }
  if (empty) throw new JsonStreamError('it is empty');
  if (!parser.isEnded) parser.end();
  if (failure !== undefined || !parser.isEnded) throw new JsonStreamError(parserProblem(parts, failure, start));
  yield* found;
}
