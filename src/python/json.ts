/** JSON as Python's `json.dump` writes it, so that files are equal byte for byte. */

/** A number that is a float in Python, and so keeps its `.0`. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/** Python's `repr` of a float. */
export function pythonFloat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = '', sign = '', exponent = ''] = value.toExponential().split(/e([+-])/);
    return `${digits}e${sign}${exponent.padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Texts that JSON has as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;

function scalar(value: unknown): string {
  if (value instanceof PythonFloat) return pythonFloat(value.value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : pythonFloat(value);
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  return PLAIN.test(value) ? `"${value}"` : asciiOnly(JSON.stringify(value));
}

/** A JSON text with all characters beyond ASCII escaped, as Python writes it. */
export function asciiOnly(json: string): string {
  return json.replace(/[\x7f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function joined(parts: readonly string[], [open, close]: readonly [string, string], indent: number, depth: number) {
  if (parts.length === 0) return open + close;
  if (indent === 0) return `${open}${parts.join(', ')}${close}`;
  const inner = `\n${' '.repeat(indent * (depth + 1))}`;
  return `${open}${inner}${parts.join(`,${inner}`)}\n${' '.repeat(indent * depth)}${close}`;
}

/**
 * Writes plain values, arrays, objects and maps (which keep numeric keys in their order).
 * @param indent blanks a level; 0 for one line
 */
export function pythonJson(value: unknown, indent = 0, depth = 0): string {
  if (Array.isArray(value)) {
    const parts = value.map((part) => pythonJson(part, indent, depth + 1));
    return joined(parts, ['[', ']'], indent, depth);
  }
  if (typeof value !== 'object' || value === null || value instanceof PythonFloat) return scalar(value);
  const entries = value instanceof Map ? [...value] : Object.entries(value).filter(([, part]) => part !== undefined);
  const parts = entries.map(([key, part]) => `${scalar(String(key))}: ${pythonJson(part, indent, depth + 1)}`);
  return joined(parts, ['{', '}'], indent, depth);
}
