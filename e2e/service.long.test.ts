/** The page for an Anonlink entity service, against a stub of one at another origin. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clksToBase64 } from '../src/clk/clk-file.ts';
import { createEncoder } from '../src/clk/encoder.ts';
import { csvRows } from '../src/python/csv-rows.ts';
import { peopleCsv, peopleSchema } from '../src/sample/people-files.ts';
import { type RunningServer, startServer } from '../src/server/server.ts';
import { type Stub, startStub } from '../src/testing/entity-service-stub.ts';
import { expect, test } from './support/test.ts';
import { Watch } from './support/watch.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const ALLOWED = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*, Authorization',
  'Access-Control-Allow-Methods': 'GET, POST, DELETE',
};

/** The stub as a browser can reach it: behind a server that allows other origins. */
function allowing(stub: Stub): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, ALLOWED).end();
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { authorization } = request.headers;
    const answer = await fetch(`${stub.address}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { 'Content-Type': 'application/json', ...(authorization ? { Authorization: authorization } : {}) },
      ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
    });
    const text = await answer.text();
    response.writeHead(answer.status, { ...ALLOWED, 'Content-Type': 'application/json' }).end(text);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

let stub: Stub;
let service: Server;
let folder: string;
let app: RunningServer;

test.beforeAll(async () => {
  stub = await startStub();
  service = await allowing(stub);
  folder = await mkdtemp(join(tmpdir(), 'blindjoin-service-'));
  await cp(DIST, folder, { recursive: true });
  const config = JSON.parse(await readFile(join(DIST, 'config.json'), 'utf8'));
  const origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, entityService: [origin] }));
  app = await startServer({ port: 0, host: '127.0.0.1', dist: folder });
});

test.afterAll(async () => {
  await app.close();
  service.close();
  await stub.close();
  await rm(folder, { recursive: true });
});

test('CLKs go to an entity service that whoever hosts the page allows', async ({ page }) => {
  const watch = await Watch.on(page);
  await page.goto(`${app.url}/#/linking`);
  await page.getByRole('link', { name: 'Use an Anonlink entity service' }).click();
  const project = page.getByRole('region', { name: 'New project' });
  await project.getByLabel('Project name').fill('Registers');
  await project.getByLabel('Linkage schema').fill(JSON.stringify(peopleSchema()));
  await project.getByRole('button', { name: 'Create project' }).click();
  const token = await project.getByLabel('Update token for provider 1').inputValue();
  const resultToken = await project.getByLabel('Result token').inputValue();

  const csv = [...peopleCsv('list', { seed: 3, listRows: 30, dataRows: 30, overlap: 20 })].join('');
  const upload = page.getByRole('region', { name: 'Upload' });
  await upload.getByLabel('Update token').fill(token);
  await upload.getByLabel('Linkage secret').fill('between providers');
  await upload.getByLabel('CSV file').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(upload.getByText('a.csv: 30 rows')).toBeVisible();
  await upload.getByRole('button', { name: 'Upload' }).click();
  await expect(upload.getByLabel('Receipt token')).not.toHaveValue('');
  const [, ...rows] = csvRows(csv);
  const clks = clksToBase64(createEncoder(peopleSchema(), 'between providers').encodeTable(rows));
  const sent = stub.calls.find(({ path }) => path.endsWith('/clks'));
  expect(JSON.parse(sent?.text ?? '')).toEqual({ clks });
  expect(stub.calls.some(({ text }) => text.includes('between providers'))).toBe(false);

  const runs = page.getByRole('region', { name: 'Runs' });
  await runs.getByLabel('Token', { exact: true }).fill(resultToken);
  await runs.getByRole('button', { name: 'Start run' }).click();
  await expect(runs.getByLabel('Run ID')).not.toHaveValue('');
  await runs.getByRole('button', { name: 'Cancel' }).click();
  page.once('dialog', (dialog) => dialog.accept());
  await runs.getByRole('button', { name: 'Delete project' }).click();
  await expect(runs.getByText('The project was deleted.')).toBeVisible();
  expect(watch.complaints).toEqual([]);
});

test('without a service in the configuration, the page says who can allow one', async ({ page }) => {
  await page.goto('/#/service');
  await expect(page.getByRole('note')).toContainText('config.json');
});
