/** The rooms of `src`, floor by floor from the ground up. A room may import from lower floors only. */
export const FLOORS: readonly (readonly string[])[] = [
  ['words'],
  ['agreement', 'disk', 'machine', 'parsing', 'python', 'threads'],
  ['channel', 'clk', 'seal', 'table'],
  ['blocking', 'compare', 'entity-service', 'keys', 'ledger', 'net', 'statistics', 'tally'],
  ['linking', 'psi', 'quality', 'queue', 'sample', 'scores', 'server', 'sorted-blocks'],
  ['library', 'protocol', 'unit-queue'],
  ['storage', 'workers'],
  ['app'],
  ['unattended'],
  ['cli'],
  ['testing'],
  ['tools'],
];

/** Who may import `testing` besides tests: `tools` runs simulations and attacks with its parties. */
const USERS_OF_TESTING: ReadonlySet<string> = new Set(['testing', 'tools']);

/** Packages that one room alone imports, so that what they are stays inside it. */
export const OWNED_PACKAGES: Readonly<Record<string, string>> = {
  bullmq: 'queue',
  i18next: 'words',
  ioredis: 'queue',
  'node-seal': 'seal',
  peer: 'server',
  peerjs: 'net',
  'react-i18next': 'app',
};

/** What only `parsing` may call, since all that others wrote is to go through it. */
export const PARSING_CALLS = /\.safeParse(?:Async)?\(|\bJSON\.parse\(|[sS]chema\.parse\(/;

/** Rooms that read nothing of others, but their own reports and fixtures. */
export const ROOMS_OF_TRUST: ReadonlySet<string> = new Set(['parsing', 'testing', 'tools']);

const TEST = /\.test\.tsx?$/;

/** The room of a file such as `src/keys/design.ts`. */
export function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

export function isTest(file: string): boolean {
  return TEST.test(file);
}

/**
 * The room's floor, from 0.
 * @throws where it has none: a new room is given one in `FLOORS`
 */
export function floorOf(room: string): number {
  const floor = FLOORS.findIndex((rooms) => rooms.includes(room));
  if (floor < 0) throw new Error(`src/${room} stands on no floor: name it in src/tools/rooms/rooms.ts`);
  return floor;
}

/** What is wrong with an import of one file by another, in words; undefined where it is allowed. */
export function objection(from: string, to: string): string | undefined {
  const [room, other] = [roomOf(from), roomOf(to)];
  if (room === other) return undefined;
  if (isTest(from)) return undefined;
  if (other === 'testing' && !USERS_OF_TESTING.has(room)) return `${from} imports ${to}, which is for tests only`;
  if (floorOf(other) >= floorOf(room)) return `${from} imports ${to}: ${other} is not below ${room}`;
  return undefined;
}
