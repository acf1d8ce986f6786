import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Stub, startStub } from '../testing/entity-service-stub.ts';
import { startObjectStore } from '../testing/object-store-stub.ts';
import { createTestTerminal } from '../testing/terminal.ts';
import { runBlindjoin } from './program.ts';

let folder: string;
let stub: Stub;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
  stub = await startStub();
});
afterEach(async () => {
  await stub.close();
  rmSync(folder, { recursive: true });
});

async function run(...words: string[]) {
  return runIn({}, ...words);
}

async function runIn(environment: Record<string, string>, ...words: string[]) {
  const terminal = createTestTerminal(folder, '', { BLINDJOIN_SERVER: stub.address, ...environment });
  const exit = await runBlindjoin(words, terminal);
  return { exit, written: terminal.written, told: terminal.told };
}

async function json(...words: string[]) {
  const { exit, written, told } = await run(...words);
  expect([exit, told]).toEqual([0, expect.anything()]);
  return JSON.parse(written);
}

it('links two files over a service, from project to deletion', async () => {
  await run('generate-default-schema', 'schema.json');
  await run('generate', '40', 'a.csv');
  await run('generate', '40', 'b.csv', '--second');
  for (const side of ['a', 'b']) {
    expect((await run('hash', `${side}.csv`, 'horse', 'schema.json', `${side}.json`)).exit).toBe(0);
  }
  expect(await run('status')).toEqual({
    exit: 0,
    told: '',
    written: '{"status": "ok", "project_count": 0, "rate": 1000000}\n',
  });
  const project = await json('create-project', '--type', 'groups', '--schema', 'schema.json', '--name', 'trial');
  const of = ['--project', project.project_id];
  const owner = [...of, '--apikey', project.result_token];
  expect(JSON.parse(stub.calls.at(-1)?.text ?? '')).toMatchObject({
    result_type: 'groups',
    number_parties: 2,
    name: 'trial',
  });

  const created = await json('create', ...owner, '-t', '0.8', '--name', 'first');
  const ofRun = [...owner, '--run', created.run_id];
  const waiting = await run('results', ...ofRun);
  expect(waiting).toMatchObject({ exit: 0, written: '' });
  expect(waiting.told).toBe('State: created\nStage (1/3): waiting for CLKs\nProgress: 0.00%\nNo result yet\n');

  const [first, second] = project.update_tokens;
  expect((await json('upload', 'a.json', ...of, '--apikey', first)).receipt_token).toBeTruthy();
  const sent = await run('upload', '-v', 'b.json', ...of, '--apikey', second, '-o', 'receipt.json');
  expect(sent.told).toMatch(/100 % of \d+ bytes sent/);
  expect(JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')).message).toBe('Updated');
  expect(JSON.parse(stub.calls.at(-1)?.text ?? '')).toEqual(JSON.parse(readFileSync(join(folder, 'b.json'), 'utf8')));

  const done = await run('results', '--watch', ...ofRun);
  expect(done.exit).toBe(0);
  expect(done.told).toContain('State: running\nStage (2/3): compute similarity scores\nProgress: 50.00%\n');
  expect(done.told).toMatch(/State: completed\n.*\nDownloading result\nReceived result\n$/);
  expect(JSON.parse(done.written)).toEqual({
    groups: [
      [
        [0, 0],
        [1, 1],
      ],
    ],
  });
  expect(await run('delete', ...ofRun)).toEqual({ exit: 0, written: '', told: 'Run deleted\n' });
  expect(await run('delete-project', ...owner)).toEqual({ exit: 0, written: '', told: 'Project deleted\n' });
  expect((await run('delete-project', ...owner)).told).toContain('status 403');
}, 20_000);

it('uploads blocks with the CLKs', async () => {
  await run('generate-default-schema', 'schema.json');
  await run('generate', '20', 'a.csv');
  await run('hash', 'a.csv', 'horse', 'schema.json', 'a.json');
  writeFileSync(
    join(folder, 'blocking.json'),
    JSON.stringify({
      type: 'lambda-fold',
      version: 1,
      config: {
        'blocking-features': [1],
        Lambda: 2,
        'bf-len': 64,
        'num-hash-funcs': 3,
        K: 3,
        'input-clks': true,
        random_state: 0,
      },
    }),
  );
  expect((await run('block', 'a.json', 'blocking.json', 'blocks.json')).exit).toBe(0);
  const project = await json('create-project', '--schema', 'schema.json', '--blocked');
  const of = ['--project', project.project_id, '--apikey', project.update_tokens[0]];
  expect((await run('upload', 'a.json', '--blocks', 'blocks.json', ...of)).exit).toBe(0);
  const { clknblocks } = JSON.parse(stub.calls.at(-1)?.text ?? '');
  expect(clknblocks).toHaveLength(20);
  expect(clknblocks.every((entry: string[]) => entry.length === 3 && /^[01][01]{3}$/.test(entry[1] ?? ''))).toBe(true);

  await run('generate', '21', 'c.csv');
  await run('hash', 'c.csv', 'horse', 'schema.json', 'c.json');
  const wrong = await run('upload', 'c.json', '--blocks', 'blocks.json', ...of);
  expect(wrong.exit).toBe(1);
  expect(wrong.told).toContain('made from 20 records, and there are 21 CLKs');
});

it('uploads by way of the object store when it is asked to, at the address that it is given', async () => {
  const credentials = { AccessKeyId: 'id', SecretAccessKey: 'secret', SessionToken: 'session' };
  await using store = await startObjectStore(credentials);
  writeFileSync(join(folder, 'a.json'), '{"clks": ["AAECAwQFBgc="]}');
  const upload = { endpoint: 'minio:9000', secure: false, bucket: 'uploads', path: '2026/x' };
  stub.answerNext(200, JSON.stringify({ credentials, upload }));
  stub.answerNext(201, '{"message": "Updated", "receipt_token": "r"}');
  const words = ['upload', 'a.json', '--object-store', '--project', 'x', '--apikey', 'update-token'];
  const { exit, written, told } = await runIn({ UPLOAD_OBJECT_STORE_SERVER: store.endpoint }, ...words);
  expect([exit, JSON.parse(written).receipt_token]).toEqual([0, 'r']);
  expect([...store.files.keys()]).toEqual(['/uploads/2026/x/encodings.json']);
  expect(told).not.toMatch(/secret|Warning/);

  stub.answerNext(200, JSON.stringify({ credentials, upload }));
  const open = await runIn({ UPLOAD_OBJECT_STORE_SERVER: 'http://store.invalid:9000' }, ...words);
  expect(open).toMatchObject({ exit: 1, written: '' });
  expect(open.told).toContain(
    'Warning: the CLKs go to the object store at http://store.invalid:9000 without encryption',
  );
  const misread = await runIn({ UPLOAD_OBJECT_STORE_SERVER: 'https://store.example/path' }, ...words);
  expect(misread).toMatchObject({ exit: 2, written: '' });
  expect(misread.told).toContain('which is no address of an object store. Write host:port, or https://');
});

it('takes back what it has put into the object store when it is asked to end', async () => {
  const credentials = { AccessKeyId: 'id', SecretAccessKey: 'secret', SessionToken: 'session' };
  const terminal = createTestTerminal(folder, '', { BLINDJOIN_SERVER: stub.address });
  await using store = await startObjectStore(credentials, {
    answer: ({ path }) => {
      if (path.includes('partNumber=1&')) terminal.stop();
      return undefined;
    },
  });
  const clk = Buffer.alloc(128).toString('base64');
  writeFileSync(join(folder, 'many.json'), JSON.stringify({ clks: Array(70_000).fill(clk) }));
  const upload = { endpoint: store.endpoint, secure: false, bucket: 'uploads', path: '2026/x' };
  stub.answerNext(200, JSON.stringify({ credentials, upload }));
  const words = ['upload', 'many.json', '--object-store', '--project', 'x', '--apikey', 'update-token', '-o', 'r.json'];
  expect(await runBlindjoin(words, terminal)).toBe(130);
  expect(terminal.told).toBe('Stopped before the upload was whole.\n');
  expect([store.files.size, store.unfinished.size]).toEqual([0, 0]);
  expect(stub.calls.map(({ method }) => method)).toEqual(['GET']);
  expect(readdirSync(folder).filter((name) => name.startsWith('r.json'))).toEqual([]);
});

it('says what is missing, and what the service refuses', async () => {
  await run('generate-default-schema', 'schema.json');
  expect((await run('create', '--project', 'x')).told).toContain("Missing option '--threshold'");
  expect((await run('results', '--run', 'x', '--project', 'x')).told).toContain("Missing option '--apikey'");
  const parties = await run('create-project', '--schema', 'schema.json', '--parties', '3');
  expect(parties).toMatchObject({ exit: 1, written: '' });
  expect(parties.told).toContain("requires result type 'groups'");
  const refused = await run('create', '--project', 'x', '--apikey', 'y', '-t', '0.8');
  expect(refused).toMatchObject({ exit: 1, written: '' });
  expect(refused.told).toContain('The service refused the new run (status 403)');
  const away = createTestTerminal(folder);
  expect(await runBlindjoin(['status'], away)).toBe(2);
  expect(away.told).toContain("Missing option '--server'");
});

it('waits when it is asked to come less often', async () => {
  stub.busyFor(2);
  expect((await run('status', '--retry-multiplier', '1')).exit).toBe(0);
  stub.busyFor(1000);
  const ended = await run('status', '--retry-multiplier', '1', '--retry-max-time', '10');
  expect(ended.exit).toBe(1);
  expect(ended.told).toContain('asked too often');
});

/** A server of one's own, for what the stub does not do. */
async function serve(listener: RequestListener): Promise<{ address: string; close: () => Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

it('goes through the proxy that the environment names, unless it says not to', async () => {
  const seen: string[] = [];
  const proxy = await serve((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status": "by proxy"}');
  });
  try {
    const away = { HTTP_PROXY: proxy.address, BLINDJOIN_SERVER: 'http://linkage.example.org' };
    expect((await runIn(away, 'status')).written).toBe('{"status": "by proxy"}\n');
    expect(seen).toEqual(['GET http://linkage.example.org/api/v1/status']);
    expect((await runIn({ http_proxy: proxy.address, NO_PROXY: '127.0.0.1' }, 'status')).written).toContain('"ok"');
    expect(seen).toHaveLength(1);
  } finally {
    await proxy.close();
  }
});

it('asks the proxy for a tunnel to a service with HTTPS', async () => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const away = { HTTPS_PROXY: `http://127.0.0.1:${port}`, BLINDJOIN_SERVER: 'https://linkage.example.org' };
  const { exit, told } = await runIn(away, 'status');
  expect([exit, asked[0]]).toEqual([1, 'linkage.example.org:443']);
  expect(told).toContain('the proxy refuses to connect, with status 407');
  proxy.close();
});

it('ends when an answer begins and does not go on', async () => {
  const slow = await serve((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"status": ');
  });
  const { exit, told } = await run('status', '--server', slow.address, '--timeout', '1');
  expect([exit, told]).toEqual([1, expect.stringContaining('no whole answer in 1 s')]);
  await slow.close();
});

it('says where a redirect leads, and sends nothing there', async () => {
  const moved = await serve((_, response) => {
    response.writeHead(301, { Location: `${stub.address}/api/v1/status` }).end();
  });
  const { exit, told } = await run('status', '--server', moved.address);
  expect([exit, told]).toEqual([1, expect.stringContaining(`on to ${stub.address} (status 301)`)]);
  expect(stub.calls).toEqual([]);
  await moved.close();
});

it('opens the file for an answer before anything is created', async () => {
  await run('generate-default-schema', 'schema.json');
  const { exit, told } = await run('create-project', '--schema', 'schema.json', '-o', 'no/where.json');
  expect([exit, told]).toEqual([1, expect.stringContaining('no/where.json cannot be written')]);
  const role = ['--project', 'p', '--apikey', 'k', '-o', 'no/where.json'];
  writeFileSync(join(folder, 'c.json'), '{"clks": ["AAAA"]}');
  expect((await run('upload', 'c.json', ...role)).told).toContain('no/where.json cannot be written');
  expect((await run('create', '-t', '0.8', ...role)).told).toContain('no/where.json cannot be written');
  expect(stub.calls).toEqual([]);
});

it('tells the tokens where the file cannot be written in the end', async () => {
  await run('generate-default-schema', 'schema.json');
  // A device that takes nothing, as a full disk does.
  const { exit, told } = await run('create-project', '--schema', 'schema.json', '-o', '/dev/full');
  expect(exit).toBe(1);
  expect(told).toMatch(/"result_token": "result[0-9a-f]+".*\n.*\/dev\/full cannot be written.*keep it/);
});
