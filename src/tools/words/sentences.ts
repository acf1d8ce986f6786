/** The sentences of the sources: those that a catalogue translates, and those that it cannot reach. */
import { type Node, parseSync, Visitor } from 'oxc-parser';

/** A sentence as it stands in a catalogue; a counted one is two entries. */
export interface Sentence {
  readonly english: string;
  /** Of a counted sentence: for one. `english` is for many. */
  readonly one?: string;
  readonly file: string;
  readonly line: number;
}

export interface SourceSentences {
  readonly sentences: readonly Sentence[];
  /** Each with its place, in words. */
  readonly problems: readonly string[];
}

/** Attributes whose text people read. */
const READ =
  /^(aria-label|aria-description|alt|title|label|description|placeholder|legend|summary|heading|nothingFoundMessage|error|hint)$/;
/** The same in every language. */
const NAMES = new Set(['Blindjoin']);
/** HTML knows these as elements without content, and so does what reads tags: `<link>text</link>` would lose its text. */
const EMPTY_ELEMENT = /<(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)>/;
const LETTERS = /\p{L}{2}/u;

/** The text of a literal, or of a template without places. */
function literal(node: Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  // A long sentence is written over several lines.
  if (node?.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [literal(node.left), literal(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

/** What `file` says, by calls of `t`, `message`, `counted` and `tCounted` and by `<Sentence>`. */
export function sentencesOf(file: string, text: string): SourceSentences {
  const { program } = parseSync(file, text);
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  const sentences: Sentence[] = [];
  const problems: string[] = [];
  const problem = (at: number, what: string) => problems.push(`${file}:${lineOf(at)}: ${what}`);
  let depth = 0;
  const enter = () => void depth++;
  const leave = () => void depth--;
  const found = (node: Node, english: string, one?: string) =>
    sentences.push({ english, file, line: lineOf(node.start), ...(one !== undefined && { one }) });
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    CallExpression: (call) => {
      if (call.callee.type !== 'Identifier') return;
      const { name } = call.callee;
      const [first, second, third] = call.arguments.map(literal);
      if (name === 't' || name === 'message') {
        if (first !== undefined) found(call, first);
        else if (name === 'message') problem(call.start, 'message() takes a sentence as it is written, no expression');
        if (name === 't' && depth === 0) problem(call.start, 't() before the language is known: use message()');
      } else if (name === 'counted') {
        if (second !== undefined) found(call, `{{count}} ${third ?? `${second}s`}`, `{{count}} ${second}`);
      } else if (name === 'tCounted' && first !== undefined && second !== undefined) found(call, second, first);
    },
    JSXText: ({ start, value }) => {
      if (LETTERS.test(value) && !NAMES.has(value.trim())) problem(start, `"${value.trim()}" is not in a call of t()`);
    },
    JSXAttribute: ({ start, name, value }) => {
      if (name.type !== 'JSXIdentifier' || value === null) return;
      const inside = value.type === 'JSXExpressionContainer' ? value.expression : value;
      const said = literal(inside as Node);
      if (name.name === 'english') {
        if (said === undefined) problem(start, '<Sentence> takes a sentence as it is written');
        else sentences.push({ english: said, file, line: lineOf(start) });
        if (EMPTY_ELEMENT.test(said ?? ''))
          problem(start, 'a tag of <Sentence> has the name of an element without content');
      } else if (READ.test(name.name) && said !== undefined && LETTERS.test(said)) {
        problem(start, `${name.name}="${said}" is not in a call of t()`);
      }
    },
  }).visit(program);
  return { sentences, problems };
}

/** Strings with the look of a sentence that no call translates: for whoever looks for what is left, not a fault by themselves. */
export function untranslated(file: string, text: string): string[] {
  const { program } = parseSync(file, text);
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  const done = new Set<number>();
  const found: string[] = [];
  const look = (node: Node, said: string) => {
    if (!done.has(node.start) && /\p{L}{2,} \p{L}/u.test(said)) found.push(`${file}:${lineOf(node.start)}: ${said}`);
  };
  const mark = (node: Node) => {
    done.add(node.start);
    if (node.type === 'BinaryExpression') {
      mark(node.left);
      mark(node.right);
    }
  };
  new Visitor({
    CallExpression: ({ callee, arguments: given }) => {
      if (callee.type === 'Identifier' && /^(t|message|counted|tCounted)$/.test(callee.name)) given.forEach(mark);
    },
    JSXAttribute: ({ name, value }) => {
      if (name.name === 'english' && value)
        mark(value.type === 'JSXExpressionContainer' ? (value.expression as Node) : value);
    },
    Literal: (node) => {
      if (typeof node.value === 'string') look(node as Node, node.value);
    },
    TemplateLiteral: (node) => {
      look(node, node.quasis.map(({ value }) => value.raw).join('…'));
    },
    JSXText: (node) => look(node, node.value.trim()),
  }).visit(program);
  return found;
}
