import { type BlockIdsOf, type ClkFile, clkFileText, type PackedClks } from '../clk/clk-file.ts';
import {
  type NewProject,
  newProject,
  type ProjectDescription,
  projectDescription,
  type ResultType,
  type RunDescription,
  type RunList,
  type RunResult,
  type RunStatus,
  runDescription,
  runList,
  runResult,
  runStatus,
  type ServiceStatus,
  serviceStatus,
  type UploadReceipt,
  uploadReceipt,
} from './answers.ts';
import { type CallerOptions, createCaller, parseAnswer, serviceAddress } from './caller.ts';
import { ServiceError } from './service-error.ts';
import { type RequestBody, textBody } from './transport.ts';
import { sleep } from './waiting.ts';

export interface ProjectOptions {
  /** The linkage schema, as parsed JSON; every party sees it. */
  readonly schema: unknown;
  readonly resultType: ResultType;
  readonly parties: number;
  readonly name?: string;
  readonly notes?: string;
  readonly usesBlocking?: boolean;
}

export interface RunOptions {
  /** Similarity from 0 to 1 at which two records count as a pair. */
  readonly threshold: number;
  readonly name?: string;
  readonly notes?: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface UploadOptions extends CallOptions {
  /** Called as the upload goes on, in bytes. */
  readonly onProgress?: (sent: number, total: number) => void;
}

export interface WatchOptions extends CallOptions {
  /** Milliseconds between two questions; 1000 unless given. */
  readonly every?: number;
}

/** CLKs to be sent; the blocks of each row where they have any, as lists or when asked for. */
export interface UploadFile {
  readonly clks: PackedClks;
  readonly blocks?: ClkFile['blocks'] | BlockIdsOf;
}

/** A client of one Anonlink entity service, by its REST interface `/api/v1`. Every function throws {@link ServiceError}. */
export interface EntityService {
  /** Without `/api/v1`. */
  readonly address: string;
  status(options?: CallOptions): Promise<ServiceStatus>;
  createProject(project: ProjectOptions, options?: CallOptions): Promise<NewProject>;
  /** @param token any of the project's */
  describeProject(project: string, token: string, options?: CallOptions): Promise<ProjectDescription>;
  /** @param token the result token */
  deleteProject(project: string, token: string, options?: CallOptions): Promise<void>;
  /**
   * Sends a data provider's CLKs, with their blocks where the file has them.
   * @param token the provider's update token
   */
  upload(project: string, token: string, file: UploadFile, options?: UploadOptions): Promise<UploadReceipt>;
  /** @param token the result token */
  createRun(project: string, token: string, run: RunOptions, options?: CallOptions): Promise<RunDescription>;
  listRuns(project: string, token: string, options?: CallOptions): Promise<RunList>;
  /** @param token the result token, or a receipt token */
  runStatus(project: string, run: string, token: string, options?: CallOptions): Promise<RunStatus>;
  /** Gives the status at once and whenever it changes, and ends after "completed" or "error". */
  watchRun(project: string, run: string, token: string, options?: WatchOptions): AsyncGenerator<RunStatus, void>;
  /** @param token the result token, or, for a permutation, a receipt token */
  result(project: string, run: string, token: string, options?: CallOptions): Promise<RunResult>;
  /** The text of a result as the service sent it, of whatever kind. */
  resultText(project: string, run: string, token: string, options?: CallOptions): Promise<string>;
  /** The same, part by part, for results longer than a text can be. */
  resultParts(
    project: string,
    run: string,
    token: string,
    take: (part: Uint8Array) => Promise<void>,
    options?: CallOptions,
  ): Promise<void>;
  deleteRun(project: string, run: string, token: string, options?: CallOptions): Promise<void>;
}

const id = encodeURIComponent;

/** Where CLKs with blocks may go: today's services take them where they take CLKs, older ones beside. */
const BLOCKED_UPLOADS = ['clks', 'clksnblocks'] as const;
const NOT_THERE = [400, 404, 405];

/**
 * A client of the entity service at an address. It holds no connection and no token.
 * @param address as people write it, with or without `/api/v1`
 * @throws ServiceError when the address is none
 */
export function connectEntityService(address: string, options: CallerOptions = {}): EntityService {
  const base = serviceAddress(address);
  const call = createCaller(base, options);
  const run = (project: string, name: string): string => `/projects/${id(project)}/runs/${id(name)}`;

  const send = async (
    path: string,
    token: string,
    body: RequestBody,
    { onProgress, signal }: UploadOptions,
  ): Promise<UploadReceipt> => {
    const doing = 'the upload of CLKs';
    const answer = await call({
      doing,
      method: 'POST',
      path,
      token,
      body,
      expected: [201],
      signal,
      ...(onProgress ? { onProgress } : {}),
    });
    return parseAnswer(uploadReceipt, answer, doing);
  };

  const service: EntityService = {
    address: base,
    status: async ({ signal } = {}) => {
      const doing = 'the question for its status';
      return parseAnswer(
        serviceStatus,
        await call({ doing, method: 'GET', path: '/status', expected: [200], signal }),
        doing,
      );
    },
    createProject: async (
      { schema, resultType, parties, name = '', notes = '', usesBlocking = false },
      { signal } = {},
    ) => {
      const doing = 'the new project';
      const json = {
        schema,
        result_type: resultType,
        number_parties: parties,
        name,
        uses_blocking: usesBlocking,
        notes,
      };
      const answer = await call({ doing, method: 'POST', path: '/projects', json, expected: [201], signal });
      return parseAnswer(newProject, answer, doing);
    },
    describeProject: async (project, token, { signal } = {}) => {
      const doing = 'the description of the project';
      const path = `/projects/${id(project)}`;
      return parseAnswer(
        projectDescription,
        await call({ doing, method: 'GET', path, token, expected: [200], signal }),
        doing,
      );
    },
    deleteProject: async (project, token, { signal } = {}) => {
      const doing = 'the deletion of the project';
      await call({ doing, method: 'DELETE', path: `/projects/${id(project)}`, token, expected: [200, 204], signal });
    },
    upload: async (project, token, file, options = {}) => {
      const base = `/projects/${id(project)}`;
      const { clks, blocks } = file;
      const blocksOf = typeof blocks === 'function' ? blocks : blocks && ((row: number) => blocks[row] ?? []);
      const body = textBody(() => clkFileText(clks, blocksOf));
      const [first, second] = BLOCKED_UPLOADS;
      try {
        return await send(`${base}/${first}`, token, body, options);
      } catch (error) {
        if (!file.blocks || !(error instanceof ServiceError) || !NOT_THERE.includes(error.status ?? 0)) throw error;
        try {
          return await send(`${base}/${second}`, token, body, options);
        } catch (another) {
          const absent = another instanceof ServiceError && NOT_THERE.includes(another.status ?? 0);
          throw absent ? error : another;
        }
      }
    },
    createRun: async (project, token, { threshold, name = '', notes = '' }, { signal } = {}) => {
      const doing = 'the new run';
      const answer = await call({
        doing,
        method: 'POST',
        path: `/projects/${id(project)}/runs`,
        token,
        json: { threshold, name, notes },
        expected: [201],
        signal,
      });
      return parseAnswer(runDescription, answer, doing);
    },
    listRuns: async (project, token, { signal } = {}) => {
      const doing = 'the list of runs';
      const path = `/projects/${id(project)}/runs`;
      return parseAnswer(runList, await call({ doing, method: 'GET', path, token, expected: [200], signal }), doing);
    },
    runStatus: async (project, name, token, { signal } = {}) => {
      const doing = 'the status of the run';
      const path = `${run(project, name)}/status`;
      return parseAnswer(runStatus, await call({ doing, method: 'GET', path, token, expected: [200], signal }), doing);
    },
    async *watchRun(project, name, token, { every = 1000, signal } = {}) {
      let last = '';
      for (;;) {
        let status: RunStatus | undefined;
        try {
          status = await service.runStatus(project, name, token, signal ? { signal } : {});
        } catch (error) {
          // A service that is busy for long is still computing.
          if (!(error instanceof ServiceError) || error.failure !== 'too-frequent') throw error;
        }
        if (status) {
          const text = JSON.stringify(status);
          if (text !== last) yield status;
          last = text;
          if (status.state === 'completed' || status.state === 'error') return;
        }
        await sleep(every, signal);
      }
    },
    result: async (project, name, token, options = {}) => {
      const text = await service.resultText(project, name, token, options);
      return parseAnswer(runResult, { status: 200, text }, 'the question for the result');
    },
    resultText: async (project, name, token, { signal } = {}) => {
      const doing = 'the question for the result';
      const path = `${run(project, name)}/result`;
      // Large results take their time; the person can stop waiting.
      return (await call({ doing, method: 'GET', path, token, expected: [200], signal, unhurried: true })).text;
    },
    resultParts: async (project, name, token, take, { signal } = {}) => {
      const doing = 'the question for the result';
      const path = `${run(project, name)}/result`;
      await call({ doing, method: 'GET', path, token, expected: [200], signal, unhurried: true, receive: take });
    },
    deleteRun: async (project, name, token, { signal } = {}) => {
      await call({
        doing: 'the deletion of the run',
        method: 'DELETE',
        path: run(project, name),
        token,
        expected: [200, 204],
        signal,
      });
    },
  };
  return service;
}

/** A run's status in the lines that anonlink-client writes. */
export function statusLines({ state, stages, current_stage: stage }: RunStatus): string {
  const lines = [`State: ${state}`, `Stage (${stage.number}/${stages}): ${stage.description ?? ''}`];
  if (stage.progress) lines.push(`Progress: ${(stage.progress.relative * 100).toFixed(2)}%`);
  return lines.join('\n');
}
