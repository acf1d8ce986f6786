/** The dialect of the sources, where Biome has no rule for it: what a text does otherwise, in words. */
import { type Node, parseSync, Visitor } from 'oxc-parser';

/** Lines of a file, of a function and of a test, blank ones and comments included; a group of tests may have more. */
const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 50;
const MAX_TEST_LINES = 80;

const CALL_OF_TEST = /^(?:it|test|describe)\b/;
/** Limits and times are named by what they end or begin with. */
const OTHER_LIMIT = /^(MOST|LARGEST|LONGEST)_/;
const OTHER_TIME = /illiseconds/;

/** Everything in a file that is not as the others are, each with its place. */
export function otherwise(file: string, text: string): string[] {
  const { program, comments } = parseSync(file, text);
  const found: [start: number, what: string][] = [];
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  const ofTests = new Map<Node, string>();
  const function_ = (node: Node) => {
    const { start, end } = node;
    const lines = lineOf(end) - lineOf(start) + 1;
    const call = ofTests.get(node);
    const [what, max] = call === undefined ? ['function', MAX_FUNCTION_LINES] : ['test', MAX_TEST_LINES];
    if (lines > max && call !== 'describe') {
      found.push([start, `a ${what} has ${lines} lines; at most ${max}: give its parts names`]);
    }
  };
  const member = ({ start, accessibility }: { start: number; accessibility?: string | null | undefined }) => {
    if (accessibility === 'private' || accessibility === 'public') {
      found.push([start, `a member is ${accessibility}: private ones begin with #, public ones say nothing`]);
    }
  };
  new Visitor({
    FunctionDeclaration: function_,
    FunctionExpression: function_,
    ArrowFunctionExpression: function_,
    PropertyDefinition: member,
    TSParameterProperty: member,
    MethodDefinition: (method) => {
      if (method.kind !== 'constructor') member(method);
    },
    CallExpression: ({ start, callee, arguments: given }) => {
      const [call] = CALL_OF_TEST.exec(text.slice(callee.start, callee.start + 'describe'.length + 1)) ?? [];
      if (call !== undefined) for (const each of given) ofTests.set(each, call);
      if (text.slice(callee.start, callee.end).replaceAll(/\s/g, '').endsWith('z.number().int')) {
        found.push([start, 'z.number().int() is z.int()']);
      }
    },
    VariableDeclarator: ({ start, id }) => {
      if (id.type === 'Identifier' && OTHER_LIMIT.test(id.name)) {
        found.push([start, `${id.name}: a limit is called MAX_ and what it limits`]);
      }
    },
  }).visit(program);
  for (const statement of program.body) found.push(...ofStatement(statement, file));
  for (const { start, value } of comments) {
    if (value.startsWith('*') && /(^|[.*\n]\s*)Throws\b/.test(value)) found.push([start, 'errors stand after @throws']);
  }
  found.push(...unnamedTimes(text));
  const lines = text.split('\n').length - 1;
  if (lines > MAX_FILE_LINES) found.push([text.length - 1, `the file has more than ${MAX_FILE_LINES} lines`]);
  return found.sort(([a], [b]) => a - b).map(([start, what]) => `${file}:${lineOf(start)}: ${what}`);
}

/** At the top of a file a function with statements is declared as one; `const` holds one expression, or what has a type of its own. */
function ofStatement(statement: Node, file: string): [start: number, what: string][] {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declared?.type !== 'VariableDeclaration' || !file.startsWith('src/')) return [];
  return declared.declarations.flatMap(({ start, id, init }): [number, string][] => {
    if (init?.type !== 'ArrowFunctionExpression' || init.body.type !== 'BlockStatement') return [];
    return id.type === 'Identifier' && id.typeAnnotation ? [] : [[start, 'a function with statements is a function']];
  });
}

/** Constants that are said to be milliseconds, and are not called so. */
function unnamedTimes(text: string): [start: number, what: string][] {
  const documented = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export )?const ([A-Z][A-Z0-9_]+) = [0-9]/g;
  return [...text.matchAll(documented)].flatMap(({ index, 1: said = '', 2: name = '' }): [number, string][] =>
    OTHER_TIME.test(said) && !name.endsWith('_MS') ? [[index, `${name}: milliseconds end in _MS`]] : [],
  );
}
