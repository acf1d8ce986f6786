import { readRow } from './csv-rows.ts';

/** A row that does not end: most likely a quote is opened and never closed. */
export class UnendedRowError extends Error {
  override readonly name = 'UnendedRowError';
}

/** A row has at most so many characters; more are a quote that nobody closed. */
const MAX_ROW_LENGTH = 1 << 26;

/** Line ends made plain as Python opens text files; one that is cut in two between parts stays one. */
function* plainLines(parts: Iterable<string>): Generator<string> {
  let held = '';
  for (const part of parts) {
    const text = held + part;
    held = text.endsWith('\r') ? '\r' : '';
    const whole = held === '' ? text : text.slice(0, -1);
    yield whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
  }
  if (held !== '') yield '\n';
}

/**
 * The rows of a CSV text that comes in parts, as `csvRows` gives them for the whole text with plain line ends.
 * @throws UnendedRowError when a row has more characters than rows have, or the text ends within a quote, which would
 * have swallowed all rows behind it; what `parts` throws
 */
export function* streamedCsvRows(parts: Iterable<string>): Generator<string[]> {
  let text = '';
  let waiting = 0;
  let rows = 0;
  for (const part of plainLines(parts)) {
    text += part;
    // A row that was not whole is read again only once the text has doubled, so that a long one costs no square.
    if (text.length < waiting) continue;
    let at = 0;
    for (;;) {
      const reading = readRow(text, at);
      // One that reaches to the end of the text may go on in the next part.
      if (reading.at >= text.length) break;
      yield reading.row;
      rows++;
      at = reading.at;
    }
    text = text.slice(at);
    waiting = at === 0 ? 2 * text.length : 0;
    if (text.length > MAX_ROW_LENGTH) {
      throw new UnendedRowError(
        `Line ${rows + 1}, counted without line ends in quotes, does not end within ${MAX_ROW_LENGTH} characters. Close the quote (") that opens in it.`,
      );
    }
  }
  for (let at = 0; at < text.length; ) {
    const reading = readRow(text, at);
    if (reading.open) {
      throw new UnendedRowError(
        `Line ${rows + 1}, counted without line ends in quotes, opens a quote (") that is never closed. Close it.`,
      );
    }
    yield reading.row;
    rows++;
    at = reading.at;
  }
}
