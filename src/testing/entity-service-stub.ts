import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as the stub received it. */
export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

interface Run {
  readonly threshold: number;
  readonly name: string;
  readonly notes: string;
  /** Statuses that were told so far. */
  asked: number;
}

interface Project {
  readonly description: Record<string, unknown>;
  readonly parties: number;
  readonly updateTokens: string[];
  readonly resultToken: string;
  readonly receiptTokens: Map<number, string>;
  readonly uploads: Map<number, unknown[]>;
  readonly runs: Map<string, Run>;
}

export interface StubOptions {
  /** Blocks are taken at `/clksnblocks` only, as older services do. */
  readonly olderUploads?: boolean;
}

/** A stub that speaks the documented interface of the Anonlink entity service on loopback, and computes nothing. */
export interface Stub {
  readonly address: string;
  readonly calls: readonly ReceivedCall[];
  /** The next so many calls are answered with 503. */
  busyFor(calls: number): void;
  /** The next call is answered so; where it was said before, the one after. */
  answerNext(status: number, body: string): void;
  close(): Promise<void>;
}

const STAGES = ['waiting for CLKs', 'compute similarity scores', 'compute output'];

const RESULTS: Readonly<Record<string, unknown>> = {
  similarity_scores: {
    similarity_scores: [
      [[0, 0], [1, 1], 1],
      [[1, 0], [0, 1], 0.9],
    ],
  },
  groups: {
    groups: [
      [
        [0, 0],
        [1, 1],
      ],
    ],
  },
};

class Refusal extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('error', reject);
  });
}

function bodyOf(text: string): Record<string, unknown> {
  const json: unknown = JSON.parse(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Refusal(400, 'a JSON object is needed');
  return json as Record<string, unknown>;
}

function need(allowed: boolean): void {
  if (!allowed) throw new Refusal(403, 'Invalid access token');
}

function statusOf({ uploads, parties }: Project, run: Run): unknown {
  const added = '2026-01-01T00:00:00.000000+00:00';
  if (uploads.size < parties) {
    const description = 'number of parties already contributed';
    const progress = { absolute: uploads.size, relative: uploads.size / parties, description };
    const current_stage = { number: 1, description: STAGES[0], progress };
    return { state: 'created', stages: 3, time_added: added, current_stage };
  }
  const asked = run.asked++;
  const state = asked === 0 ? 'queued' : asked < 3 ? 'running' : 'completed';
  const number = asked < 2 ? 2 : 3;
  const progress = asked === 1 ? { progress: { absolute: 2, relative: 0.5, description: 'comparisons' } } : {};
  const current_stage = { number, description: STAGES[number - 1], ...progress };
  return { state, stages: 3, time_added: added, time_started: added, current_stage };
}

function resultOf({ description, resultToken, receiptTokens }: Project, run: Run, token: string): unknown {
  if (run.asked < 4) throw new Refusal(404, 'run is not complete');
  const type = String(description.result_type);
  if (type !== 'permutations') {
    need(token === resultToken);
    return RESULTS[type];
  }
  if (token === resultToken) return { mask: [1, 0] };
  const found = [...receiptTokens].find(([, receipt]) => receipt === token);
  need(found !== undefined);
  return { permutation: found?.[0] === 0 ? [0, 1] : [1, 0], rows: 2 };
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** What is asked of a project: the words of the path below it, and the rest of the call. */
interface Asked {
  readonly method: string;
  readonly path: readonly (string | undefined)[];
  readonly token: string;
  readonly text: string;
}

/** The routes below `/api/v1`, over projects kept in memory. */
class Routes {
  readonly #options: StubOptions;
  readonly #projects = new Map<string, Project>();
  #made = 0;

  constructor(options: StubOptions) {
    this.#options = options;
  }

  answer(method: string, path: string, token: string, text: string): Answer {
    const [room, id, ...rest] = path.split('/').filter(Boolean).map(decodeURIComponent);
    if (room === 'status')
      return { status: 200, body: { status: 'ok', project_count: this.#projects.size, rate: 1_000_000 } };
    if (room !== 'projects') throw new Refusal(404, 'The requested URL was not found on the server.');
    if (id === undefined) return { status: 201, body: this.#create(bodyOf(text)) };
    const project = this.#projects.get(id);
    if (!project) throw new Refusal(403, 'Project or token not found');
    return this.#ofProject(id, project, { method, path: rest, token, text });
  }

  #identifier(kind: string): string {
    return `${kind}${(++this.#made).toString(16).padStart(4, '0')}`.padEnd(48, '0');
  }

  #create(body: Record<string, unknown>): unknown {
    if (!body.schema || typeof body.result_type !== 'string')
      throw new Refusal(400, "'schema' and 'result_type' are required");
    const parties = Number(body.number_parties ?? 2);
    const project: Project = {
      description: body,
      parties,
      updateTokens: Array.from({ length: parties }, () => this.#identifier('update')),
      resultToken: this.#identifier('result'),
      receiptTokens: new Map(),
      uploads: new Map(),
      runs: new Map(),
    };
    const id = this.#identifier('project');
    this.#projects.set(id, project);
    return { project_id: id, result_token: project.resultToken, update_tokens: project.updateTokens };
  }

  #ofProject(id: string, project: Project, asked: Asked): Answer {
    const { method, path, token, text } = asked;
    const [part] = path;
    if (part === undefined && method === 'GET') {
      need([...project.updateTokens, project.resultToken].includes(token));
      const body = { project_id: id, parties_contributed: project.uploads.size, ...project.description };
      return { status: 200, body };
    }
    if (part === undefined) {
      need(token === project.resultToken);
      this.#projects.delete(id);
      return { status: 204 };
    }
    if (part === 'clks' || (part === 'clksnblocks' && this.#options.olderUploads)) {
      return { status: 201, body: this.#upload(project, part, token, bodyOf(text)) };
    }
    if (part !== 'runs') throw new Refusal(404, 'The requested URL was not found on the server.');
    return this.#ofRuns(project, asked);
  }

  #upload(project: Project, kind: string, token: string, body: Record<string, unknown>): unknown {
    const party = project.updateTokens.indexOf(token);
    need(party >= 0);
    const key = kind === 'clksnblocks' || (!this.#options.olderUploads && 'clknblocks' in body) ? 'clknblocks' : 'clks';
    const rows = body[key];
    if (!Array.isArray(rows)) throw new Refusal(400, `'${key}' is a required property`);
    if (project.uploads.has(party)) throw new Refusal(403, 'This token has already been used');
    project.uploads.set(party, rows);
    const receipt = this.#identifier('receipt');
    project.receiptTokens.set(party, receipt);
    return { message: 'Updated', receipt_token: receipt };
  }

  #ofRuns(project: Project, { method, path: [, name, detail], token, text }: Asked): Answer {
    if (name !== undefined) {
      need(token === project.resultToken || [...project.receiptTokens.values()].includes(token));
      const run = project.runs.get(name);
      if (!run) throw new Refusal(404, 'Run not found');
      if (detail === 'status') return { status: 200, body: statusOf(project, run) };
      if (detail === 'result') return { status: 200, body: resultOf(project, run, token) };
      if (method !== 'DELETE') throw new Refusal(405, 'Method not allowed');
      project.runs.delete(name);
      return { status: 204 };
    }
    need(token === project.resultToken);
    if (method === 'GET') {
      return { status: 200, body: [...project.runs.keys()].map((run_id) => ({ run_id, state: 'created' })) };
    }
    const { threshold, name: called = '', notes = '' } = bodyOf(text);
    if (typeof threshold !== 'number') throw new Refusal(400, "'threshold' is a required property");
    const run_id = this.#identifier('run');
    project.runs.set(run_id, { threshold, name: String(called), notes: String(notes), asked: 0 });
    return { status: 201, body: { run_id, threshold, name: called, notes } };
  }
}

function reply(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
}

/** Starts a stub on a free port of loopback. */
export async function startStub(options: StubOptions = {}): Promise<Stub> {
  const routes = new Routes(options);
  const calls: ReceivedCall[] = [];
  let busy = 0;
  const prepared: { readonly status: number; readonly body: string }[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readBody(request);
    const { method = '', url = '', headers } = request;
    calls.push({ method, path: url, headers, text });
    if (busy > 0) {
      busy--;
      return reply(response, 503);
    }
    const next = prepared.shift();
    if (next) return reply(response, next.status, next.body);
    try {
      if (!url.startsWith('/api/v1/')) throw new Refusal(404, 'The requested URL was not found on the server.');
      const { status, body } = routes.answer(method, url.slice('/api/v1'.length), headers.authorization ?? '', text);
      reply(response, status, body);
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      const detail = error instanceof Error ? error.message : String(error);
      reply(response, status, { title: 'Problem', status, detail });
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    calls,
    busyFor: (count) => {
      busy = count;
    },
    answerNext: (status, body) => {
      prepared.push({ status, body });
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
