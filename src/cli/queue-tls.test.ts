/** A queue with TLS and a password, as one across machines has to be: processes of their own, and bytes on the way. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandProcess } from '../testing/command-process.ts';
import { madeUpUpload } from '../testing/made-up-upload.ts';
import { makeCertificate } from '../testing/own-certificate.ts';
import { hasRedis, RedisServer } from '../testing/redis-server.ts';
import { type TappedPort, tapPort } from '../testing/tapped-port.ts';
import { createTestTerminal } from '../testing/terminal.ts';
import { runBlindjoin } from './program.ts';

const PASSWORD = 'correct horse battery staple';
const PATIENT = { timeout: 60_000, interval: 20 };
// A process is started, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));
const own = hasRedis ? makeCertificate(folder) : undefined;

const sets = [madeUpUpload(60, 0), madeUpUpload(50, 1)];
for (const [i, { clks }] of sets.entries()) {
  const { rows, bits, bytesPerClk } = clks;
  const texts = Array.from({ length: rows }, (_, row) =>
    Buffer.from(bits.subarray(row * bytesPerClk, (row + 1) * bytesPerClk)).toString('base64'),
  );
  writeFileSync(join(folder, `${i}.json`), JSON.stringify({ clks: texts }));
}
writeFileSync(join(folder, 'password.txt'), `${PASSWORD}\n`);
const LINK = ['link', '0.json', '1.json', '--type', 'similarity_scores', '-t', '0.8'];

let server: RedisServer;
let tap: TappedPort;

beforeEach(async () => {
  if (!own) return;
  const tls = ['--tls-cert-file', own.certificate, '--tls-key-file', own.key, '--tls-auth-clients', 'no'];
  server = await RedisServer.start('--port', '0', '--tls-port', 'PORT', ...tls, '--requirepass', PASSWORD);
  tap = await tapPort(server.port);
});

afterEach(async () => {
  if (!own) return;
  await tap[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function run(environment: Readonly<Record<string, string>>, ...words: string[]) {
  const terminal = createTestTerminal(folder, '', environment);
  const exit = await runBlindjoin(words, terminal);
  return { exit, written: terminal.written, told: terminal.told };
}

const queue = () => ['--queue', `rediss://127.0.0.1:${tap.port}`];
const TRUST = ['--queue-ca', 'own.crt'];

describe.skipIf(own === undefined)('a queue with TLS and a password', () => {
  it('gives what threads give, shows the password to nobody, and no CLK to who listens on the way', async () => {
    const expected = await run({}, ...LINK);
    const secret = { BLINDJOIN_QUEUE_PASSWORD: PASSWORD };
    const worker = createTestTerminal(folder, '', secret);
    const working = runBlindjoin(['-v', 'worker', '--threads', '1', ...queue(), ...TRUST], worker);
    await using link = new CommandProcess(
      ['-v', ...LINK, '-o', 'found.json', ...queue(), ...TRUST, '--queue-password-file', 'password.txt'],
      folder,
    );
    await vi.waitFor(() => expect(link.listed()).toContain('rediss://127.0.0.1'), PATIENT);
    const listed = link.listed();
    expect([await link.ended(), link.said]).toEqual([0, expect.stringContaining('pairs written to found.json')]);
    worker.stop();
    expect(await working).toBe(0);
    expect(readFileSync(join(folder, 'found.json'), 'utf8')).toBe(expected.written.trimEnd());
    for (const text of [listed, worker.told, link.said]) expect(text).not.toContain('correct');
    const passed = tap.bytes();
    expect(passed.byteLength).toBeGreaterThan(60 * 16 + 50 * 16);
    for (const needle of [Buffer.from(sets[0]?.clks.bits.subarray(0, 16) ?? []), PASSWORD, 'blindjoin']) {
      expect(passed.includes(needle)).toBe(false);
    }
  });

  it('is used by nobody who has not been told whose certificate to trust, or who has no password', async () => {
    const secret = { BLINDJOIN_QUEUE_PASSWORD: PASSWORD };
    expect(await run(secret, ...LINK, ...queue())).toEqual({
      exit: 1,
      written: '',
      told: expect.stringContaining('its certificate is not trusted. Give the authority by --queue-ca'),
    });
    expect((await run({}, ...LINK, ...queue(), ...TRUST)).told).toContain('it wants a password');
    const wrong = await run({ BLINDJOIN_QUEUE_PASSWORD: 'wrong horse' }, ...LINK, ...queue(), ...TRUST);
    expect(wrong.told).toContain('it refuses the password');
    expect(wrong.told).not.toContain('wrong horse');
  });

  it('is told from one without TLS', async () => {
    const { exit, told } = await run({}, ...LINK, '--queue', `redis://127.0.0.1:${server.port}`);
    expect([exit, told]).toEqual([1, expect.stringContaining('take rediss:// in place of redis://')]);
  });
});
