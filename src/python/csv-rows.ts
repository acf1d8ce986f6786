interface Reading {
  readonly value: string;
  /** Where reading goes on: at a comma, a line end, or the end of the text. */
  readonly at: number;
  /** Whether a quote is opened and not closed before the end of the text. */
  readonly open: boolean;
}

const VALUE_END = /[,\r\n]/g;

function readValue(text: string, start: number): Reading {
  let at = start;
  let value = '';
  if (text[at] === '"') {
    at++;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) return { value: value + text.slice(at), at: text.length, open: true };
      value += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      value += '"';
      at++;
    }
  }
  VALUE_END.lastIndex = at;
  const end = VALUE_END.exec(text)?.index ?? text.length;
  return { value: value + text.slice(at, end), at: end, open: false };
}

/** A row, and where the next one starts; `open` where the row ends with the text, within a quote. */
export interface RowReading {
  readonly row: string[];
  readonly at: number;
  readonly open: boolean;
}

/** The row that starts at `start`. */
export function readRow(text: string, start: number): RowReading {
  const end = text.indexOf('\n', start);
  const line = end < 0 ? '' : text.slice(start, end);
  // Nearly all rows: one line, without quotes.
  if (line !== '' && !line.includes('"') && !line.includes('\r'))
    return { row: line.split(','), at: end + 1, open: false };
  return readQuotedRow(text, start);
}

function readQuotedRow(text: string, start: number): RowReading {
  let at = start;
  let open = false;
  const row: string[] = [];
  if (text[at] !== '\n' && text[at] !== '\r') {
    for (;;) {
      const reading = readValue(text, at);
      row.push(reading.value);
      at = reading.at;
      open = reading.open;
      if (text[at] !== ',') break;
      at++;
    }
  }
  return { row, at: at + (text.startsWith('\r\n', at) ? 2 : 1), open };
}

/**
 * The rows of a CSV text as Python's `csv.reader` gives them: commas, double quotes, line ends of any kind; a blank
 * line is a row without values, a quote inside an unquoted value is a character, an unclosed quote ends with the text.
 */
export function* csvRows(text: string): Generator<string[]> {
  for (let at = 0; at < text.length; ) {
    const reading = readRow(text, at);
    yield reading.row;
    at = reading.at;
  }
}
