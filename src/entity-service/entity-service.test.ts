import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clksFromBase64 } from '../clk/clk-file.ts';
import { type Stub, startStub } from '../testing/entity-service-stub.ts';
import type { RunStatus } from './answers.ts';
import { connectEntityService } from './connect.ts';
import { type EntityService, statusLines } from './entity-service.ts';
import { ServiceError } from './service-error.ts';
import { pageTransport } from './transport.ts';
import { waits } from './waiting.ts';

const CLKS = ['AAECAwQFBgc=', 'CAkKCwwNDg8='];
const clks = clksFromBase64(CLKS);

let stub: Stub;
let service: EntityService;

beforeEach(async () => {
  stub = await startStub();
  service = connectEntityService(stub.address, { waiting: { firstWait: 1 } });
});

afterEach(async () => {
  await stub.close();
});

async function failureOf(work: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServiceError)) throw new Error(`not a ServiceError: ${String(error)}`);
  return error;
}

describe('a project from start to end', () => {
  it.each(['groups', 'similarity_scores'] as const)('gives %s to the result token', async (resultType) => {
    expect((await service.status()).status).toBe('ok');
    const project = await service.createProject({ schema: { version: 3 }, resultType, parties: 2, name: 'trial' });
    expect(project.update_tokens).toHaveLength(2);
    const id = project.project_id;
    const described = await service.describeProject(id, project.result_token);
    expect(described).toMatchObject({
      name: 'trial',
      result_type: resultType,
      number_parties: 2,
      uses_blocking: false,
    });

    const run = await service.createRun(id, project.result_token, { threshold: 0.8 });
    expect((await service.runStatus(id, run.run_id, project.result_token)).current_stage.number).toBe(1);
    for (const token of project.update_tokens) {
      expect((await service.upload(id, token, { clks })).receipt_token).not.toBe('');
    }
    expect(JSON.parse(stub.calls.at(-1)?.text ?? '')).toEqual({ clks: CLKS });

    const seen: RunStatus[] = [];
    for await (const status of service.watchRun(id, run.run_id, project.result_token, { every: 1 })) seen.push(status);
    expect(seen.map((status) => status.state)).toEqual(['queued', 'running', 'running', 'completed']);
    expect(Object.keys(await service.result(id, run.run_id, project.result_token))).toEqual([resultType]);

    expect(await service.listRuns(id, project.result_token)).toHaveLength(1);
    await service.deleteRun(id, run.run_id, project.result_token);
    expect(await service.listRuns(id, project.result_token)).toHaveLength(0);
    await service.deleteProject(id, project.result_token);
    expect((await failureOf(service.describeProject(id, project.result_token))).status).toBe(403);
  });

  it('gives each provider its own permutation, and the mask to the result token', async () => {
    const project = await service.createProject({ schema: {}, resultType: 'permutations', parties: 2 });
    const id = project.project_id;
    const run = await service.createRun(id, project.result_token, { threshold: 0.9 });
    const receipts: string[] = [];
    for (const token of project.update_tokens) receipts.push((await service.upload(id, token, { clks })).receipt_token);
    for await (const _ of service.watchRun(id, run.run_id, project.result_token, { every: 1 }));
    const results = await Promise.all(
      [...receipts, project.result_token].map((token) => service.result(id, run.run_id, token)),
    );
    expect(results).toEqual([{ permutation: [0, 1], rows: 2 }, { permutation: [1, 0], rows: 2 }, { mask: [1, 0] }]);
  });
});

describe('uploads', () => {
  it.each([false, true])('carry blocks (older service: %s)', async (olderUploads) => {
    const other = await startStub({ olderUploads });
    try {
      const client = connectEntityService(other.address);
      const project = await client.createProject({ schema: {}, resultType: 'groups', parties: 2, usesBlocking: true });
      const blocks = [['1'], ['1', '2']];
      await client.upload(project.project_id, project.update_tokens[0] ?? '', { clks, blocks });
      const last = other.calls.at(-1);
      expect(last?.path.endsWith(olderUploads ? '/clksnblocks' : '/clks')).toBe(true);
      expect(JSON.parse(last?.text ?? '')).toEqual({
        clknblocks: [
          [CLKS[0], '1'],
          [CLKS[1], '1', '2'],
        ],
      });
    } finally {
      await other.close();
    }
  });

  it('report their progress, and say how long they are', async () => {
    const many = clksFromBase64(Array.from({ length: 20_000 }, (_, i) => CLKS[i % 2] ?? ''));
    const project = await service.createProject({ schema: {}, resultType: 'groups', parties: 2 });
    const seen: [number, number][] = [];
    await service.upload(
      project.project_id,
      project.update_tokens[0] ?? '',
      { clks: many },
      {
        onProgress: (sent, total) => seen.push([sent, total]),
      },
    );
    const length = Number(stub.calls.at(-1)?.headers['content-length']);
    expect(length).toBe(stub.calls.at(-1)?.text.length);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toEqual([length, length]);
    expect(seen.map(([sent]) => sent)).toEqual(seen.map(([sent]) => sent).sort((a, b) => a - b));
  });

  it('are refused the second time, in plain words', async () => {
    const project = await service.createProject({ schema: {}, resultType: 'groups', parties: 2 });
    const token = project.update_tokens[0] ?? '';
    await service.upload(project.project_id, token, { clks });
    const error = await failureOf(service.upload(project.project_id, token, { clks }));
    expect(error.message).toBe(
      'The service refused the upload of CLKs (status 403): This token has already been used. Check the token: each project and each role has its own.',
    );
  });

  it('go by XMLHttpRequest from a page, with progress', async () => {
    class FakeRequest {
      upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
      status = 201;
      responseText = '{"receipt_token": "r"}';
      onload?: () => void;
      onloadend?: () => void;
      sent: string[] = [];
      open(...parts: string[]): void {
        this.sent.push(parts.join(' '));
      }
      getResponseHeader = () => null;
      setRequestHeader(name: string, value: string): void {
        this.sent.push(`${name}: ${value}`);
      }
      send(body: Blob): void {
        this.upload.onprogress?.({ loaded: body.size, total: body.size });
        this.onload?.();
        this.onloadend?.();
      }
    }
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
    try {
      const onProgress = vi.fn();
      const client = connectEntityService('https://linkage.example.org/api/v1/', { transport: pageTransport });
      expect(await client.upload('p', 't', { clks }, { onProgress })).toEqual({ receipt_token: 'r' });
      expect(onProgress).toHaveBeenCalledWith(42, 42);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('waiting', () => {
  it('doubles from 100 ms to 10 s, and ends within 20 s', () => {
    const usual = [...waits({ firstWait: 100, longestWait: 10_000, giveUpAfter: 20_000 })];
    expect(usual).toEqual([100, 200, 400, 800, 1600, 3200, 6400]);
    expect([...waits({ firstWait: 4000, longestWait: 5000, giveUpAfter: 20_000 })]).toEqual([4000, 5000, 5000, 5000]);
  });

  it('tries again while the service is asked too often', async () => {
    stub.busyFor(3);
    expect((await service.status()).status).toBe('ok');
    expect(stub.calls).toHaveLength(4);
  });

  it('sends an upload whole again', async () => {
    const project = await service.createProject({ schema: {}, resultType: 'groups', parties: 2 });
    stub.busyFor(2);
    const seen: number[] = [];
    await service.upload(
      project.project_id,
      project.update_tokens[0] ?? '',
      { clks },
      { onProgress: (sent) => seen.push(sent) },
    );
    // Three tries, each to the last byte.
    expect(seen.filter((sent) => sent === Math.max(...seen))).toHaveLength(3);
  });

  it('gives up in the end', async () => {
    stub.busyFor(100);
    const client = connectEntityService(stub.address, { waiting: { firstWait: 1, giveUpAfter: 20 } });
    const error = await failureOf(client.status());
    expect(error).toMatchObject({ failure: 'too-frequent', status: 503 });
    expect(stub.calls).toHaveLength(5);
  });

  it('ends when the person stops it', async () => {
    stub.busyFor(100);
    const stop = new AbortController();
    const client = connectEntityService(stub.address, { waiting: { firstWait: 5000 } });
    const going = client.status({ signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped')), 20);
    await expect(going).rejects.toThrow('stopped');
  });

  it('ends when there is no answer in time', async () => {
    const client = connectEntityService('http://127.0.0.1:1', {
      answerWithin: 20,
      transport: ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true })),
    });
    expect(await failureOf(client.status())).toMatchObject({ failure: 'timeout' });
  });
});

describe('errors', () => {
  it('say when nobody answers', async () => {
    const error = await failureOf(connectEntityService('http://127.0.0.1:1').status());
    expect(error.failure).toBe('unreachable');
    expect(error.message).toMatch(/^http:\/\/127.0.0.1:1 cannot be reached .*Check the address/);
  });

  it.each(['', 'linkage', 'ftp://linkage.example.org'])('say when "%s" is no address', (address) => {
    expect(() => connectEntityService(address)).toThrow(ServiceError);
  });

  it.each([
    ['<html><h1>Welcome</h1></html>', 'is not JSON: "Welcome"'],
    ['{"state": 1}', 'not as the interface of entity services says (status: '],
    ['[]', 'not as the interface'],
  ])('say when the answer is %s', async (body, words) => {
    stub.answerNext(200, body);
    const error = await failureOf(service.status());
    expect(error.failure).toBe('unexpected-answer');
    expect(error.message).toContain(words);
  });

  it('pass on what the service says', async () => {
    stub.answerNext(500, '{"title": "Internal Server Error", "detail": "database is away"}');
    expect((await failureOf(service.status())).message).toContain('(status 500): database is away. The fault is on');
  });

  it('tell that a result is not ready', async () => {
    const project = await service.createProject({ schema: {}, resultType: 'groups', parties: 2 });
    const run = await service.createRun(project.project_id, project.result_token, { threshold: 0.8 });
    const error = await failureOf(service.result(project.project_id, run.run_id, project.result_token));
    expect(error).toMatchObject({ failure: 'refused', status: 404 });
  });

  it('keep identifiers within their place in the address', async () => {
    await failureOf(service.deleteRun('../status', 'x/y', 't'));
    expect(stub.calls.at(-1)?.path).toBe('/api/v1/projects/..%2Fstatus/runs/x%2Fy');
  });
});

it('writes a status as anonlink-client does', () => {
  const status = {
    state: 'running',
    stages: 3,
    current_stage: { number: 2, description: 'compute similarity scores' },
  } as const;
  expect(statusLines(status)).toBe('State: running\nStage (2/3): compute similarity scores');
  const progress = { absolute: 5, relative: 0.256 };
  expect(statusLines({ ...status, current_stage: { ...status.current_stage, progress } })).toContain(
    '\nProgress: 25.60%',
  );
});
