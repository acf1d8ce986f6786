/** What the machine must have: a Node that is new enough, for tests and scripted runs a Chromium, for one test a TURN server. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const LOWEST_NODE = [20, 19] as const;

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const SYSTEM_FIREFOXES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

const TURN_SERVERS = ['/usr/bin/turnserver', '/usr/local/bin/turnserver', '/opt/homebrew/bin/turnserver'];

const WEBKIT_DRIVERS = ['/usr/bin/WebKitWebDriver', '/usr/local/bin/WebKitWebDriver'];
/** The screen in memory that a WebKit is shown on. */
const SCREENS = ['/usr/bin/Xvfb', '/usr/local/bin/Xvfb'];

const REDIS_SERVERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].flatMap((folder) => [
  `${folder}/redis-server`,
  `${folder}/valkey-server`,
]);

/** What to do where the tests in Firefox have none. */
export const NO_FIREFOX =
  'No Firefox was found, so nothing is tested in Firefox. Install it (Debian: sudo apt-get install firefox-esr).';

/** What to do where the test of relayed connections has no TURN server. */
export const NO_TURN_SERVER =
  'No TURN server was found and none could be installed, so no run is relayed. Install coturn (Debian, Ubuntu: sudo apt-get install coturn).';

/** What to do where the tests in WebKit have none. */
export const NO_WEBKIT =
  'No WebKit that can be driven was found and none could be installed, so nothing is tested in WebKit. Install it (Debian: sudo apt-get install webkit2gtk-driver xvfb).';

/** What to do where the tests of the queue have no server for it. */
export const NO_REDIS =
  'No Redis or Valkey was found and none could be installed, so linking on a queue is not tested. Install it (Debian, Ubuntu: sudo apt-get install redis-server).';

/** How every Chromium is started here: as root too, and with nothing of its own to say to the network. */
export const chromiumArgs: string[] = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** True for a Node version such as `20.19.0` that can run the project. */
export function nodeIsNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > LOWEST_NODE[0] || (major === LOWEST_NODE[0] && minor >= LOWEST_NODE[1]);
}

/** @throws Error that says which Node is needed and where to get it, unless this one is new enough */
export function requireNode(): void {
  if (nodeIsNewEnough(process.versions.node)) return;
  throw new Error(
    `Blindjoin needs Node ${LOWEST_NODE.join('.')} or newer; this is ${process.versions.node}. ` +
      'Get it from https://nodejs.org or by a version manager such as nvm.',
  );
}

/** The path of a Chromium: the system's where there is one, otherwise Playwright's own if it was downloaded. */
export function findChromium(): string | undefined {
  return SYSTEM_BROWSERS.find((path) => existsSync(path)) ?? playwrightChromium();
}

/** Loaded only where it is asked for: who serves the app has no need of Playwright, and may not have installed it. */
function playwrightChromium(): string | undefined {
  try {
    const { chromium }: typeof import('playwright') = createRequire(import.meta.url)('playwright');
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The path of a Chromium, installed first where there is none: by apt-get for root, otherwise by Playwright.
 * @throws Error that says how to get one where neither works
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  aptInstall('chromium');
  if (findChromium() === undefined) {
    console.log('No Chromium here; downloading the one of Playwright.');
    run('npx', ['playwright', 'install', 'chromium']);
  }
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new Error(
    'No Chromium was found and none could be installed. Install Chromium or Google Chrome ' +
      '(Debian, Ubuntu: sudo apt-get install chromium), or run: npx playwright install chromium',
  );
}

/** The path of a Firefox as it is published, not of one changed by Playwright. */
export function findFirefox(): string | undefined {
  return SYSTEM_FIREFOXES.find((path) => existsSync(path));
}

/** How Playwright starts a Firefox as people have it. */
export function firefoxOptions(): { channel: 'moz-firefox'; executablePath?: string } {
  const executablePath = findFirefox();
  return { channel: 'moz-firefox', ...(executablePath ? { executablePath } : {}) };
}

/** The path of a Firefox, installed first where there is none and root can; undefined where neither is. */
export function ensureFirefox(): string | undefined {
  if (findFirefox() === undefined) aptInstall('firefox-esr');
  return findFirefox();
}

/** The path of coturn's TURN server, which the test of relayed connections runs on this machine's own address. */
export function findTurnServer(): string | undefined {
  return TURN_SERVERS.find((path) => existsSync(path));
}

/** The path of a TURN server, installed first where there is none and root can; undefined where neither is. */
export function ensureTurnServer(): string | undefined {
  if (findTurnServer() === undefined && aptInstall('coturn')) disableService('coturn');
  return findTurnServer();
}

/** The path of the program that drives a WebKitGTK, where there is a screen for it too. */
export function findWebKitDriver(): string | undefined {
  if (!SCREENS.some((path) => existsSync(path))) return undefined;
  return WEBKIT_DRIVERS.find((path) => existsSync(path));
}

/** That path; installed first where there is none and root can; undefined where neither is. */
export function ensureWebKitDriver(): string | undefined {
  if (findWebKitDriver() === undefined && aptInstall('webkit2gtk-driver')) aptInstall('xvfb');
  return findWebKitDriver();
}

/** The path of a server of Redis or Valkey, of which tests of the queue start their own. */
export function findRedis(): string | undefined {
  return REDIS_SERVERS.find((path) => existsSync(path));
}

/** The path of a server of Redis or Valkey, installed first where there is none and root can; undefined where neither is. */
export function ensureRedis(): string | undefined {
  if (findRedis() === undefined && aptInstall('redis-server')) disableService('redis-server');
  return findRedis();
}

/** Debian's packages start servers of their own, which nobody here needs. */
function disableService(name: string): void {
  if (existsSync('/run/systemd/system')) run('systemctl', ['disable', '--now', name]);
}

/** Installs a Debian package, as root; false where that is not possible. */
function aptInstall(name: string): boolean {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  console.log(`No ${name} here; installing it with apt-get.`);
  const install = () => run('apt-get', ['install', '-y', name]);
  return install() || (run('apt-get', ['update']) && install());
}

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    requireNode();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
