/** One line of a room that keeps secrets or figures right made wrong, what that would do, and the test that notices. */

export const ROOMS = [
  'agreement',
  'table',
  'keys',
  'seal',
  'psi',
  'tally',
  'protocol',
  'channel',
  'net',
  'storage',
  'ledger',
  'linking',
  'app',
  'unattended',
  'cli',
  'queue',
  'unit-queue',
  'disk',
] as const;
export type Room = (typeof ROOMS)[number];

/** A test by its file, from the project's folder, and its name or a part of it that no test next to it shares. */
export interface NamedTest {
  readonly file: string;
  readonly name: string;
}

export interface Mutant {
  /** Short, and the only one of its kind within a room. */
  readonly name: string;
  /** From the project's folder. */
  readonly file: string;
  /** Text of one line, and what stands there instead. */
  readonly before: string;
  readonly after: string;
  /** Text that stands once in the file; the line is the first with `before` from there on. Left out where `before` stands once. */
  readonly from?: string;
  /** What would be given away, and to whom, or be wrong. */
  readonly gives: string;
  readonly test: NamedTest;
  /** With it, the test hangs until its time is up. */
  readonly slow?: true;
}

/** The room of a mutant, which is the folder of its file. */
export function roomOf({ file }: Pick<Mutant, 'file'>): Room {
  const room = ROOMS.find((name) => file.startsWith(`src/${name}/`));
  if (!room) throw new Error(`${file} is in none of the rooms ${ROOMS.join(', ')}`);
  return room;
}

/** `psi/labels in file order` and the like. */
export const titleOf = (mutant: Mutant) => `${roomOf(mutant)}/${mutant.name}`;

/** Tests in a browser, that start commands, or that wait for what a mutant has taken away. */
const SLOW_TESTS = /\.(browser|long)\.|^src\/(cli|unit-queue)\/|^src\/channel\/sealed-transport\./;

/** Its test takes a second or so. */
export const isQuick = ({ test, slow }: Mutant) => !slow && !SLOW_TESTS.test(test.file);

/**
 * The file's text with the mutant in place.
 * @throws where its line is not there, or cannot be told from another
 */
export function mutate(source: string, mutant: Mutant): string {
  const { before, after, from } = mutant;
  const fail = (why: string): never => {
    throw new Error(`${titleOf(mutant)}: in ${mutant.file} ${why}`);
  };
  if (before.includes('\n') || after.includes('\n')) fail('it changes more than one line');
  if (before === after) fail('it changes nothing');
  let start = 0;
  if (from !== undefined) {
    start = source.indexOf(from);
    if (start === -1) fail(`there is no "${from}"`);
    if (source.indexOf(from, start + 1) !== -1) fail(`"${from}" stands more than once`);
  }
  const at = source.indexOf(before, start);
  if (at === -1) fail(`there is no "${before}"`);
  if (from === undefined && source.indexOf(before, at + 1) !== -1) fail(`"${before}" stands more than once`);
  return source.slice(0, at) + after + source.slice(at + before.length);
}
