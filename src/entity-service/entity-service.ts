/** What can be asked of an Anonlink entity service. */
import type { BlockIdsOf, ClkFile, PackedClks } from '../clk/clk-file.ts';
import { t } from '../words/translate.ts';
import type {
  NewProject,
  ProjectDescription,
  ResultType,
  RunDescription,
  RunList,
  RunResult,
  RunStatus,
  ServiceStatus,
  UploadLeave,
  UploadReceipt,
} from './answers.ts';
import type { StoreAddress } from './store-address.ts';
import type { RequestBody } from './transport.ts';

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
  /** By way of the object store of the service. */
  readonly objectStore?: {
    /** Where it is, where that is not what the service says. */
    readonly address?: StoreAddress;
    /** Called before files go there over a network without encryption. */
    readonly onUnprotected?: (address: string) => void;
    /** Called where the upload fails and a file that is whole stays in the store, by its name. */
    readonly onLeft?: (address: string, name: string) => void;
    readonly put: PutFile;
  };
}

/** A file on its way into an object store. */
export interface StoreFile {
  /** The store's address, without a path. */
  readonly store: string;
  readonly credentials: Pick<UploadLeave['credentials'], 'AccessKeyId' | 'SecretAccessKey' | 'SessionToken'>;
  readonly bucket: string;
  readonly path: string;
  readonly body: RequestBody;
  /** What the store tells of the file, by names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Puts a file into a store. What was sent of it is taken back where that fails.
 * @throws ServiceError
 */
export type PutFile = (file: StoreFile, options: PutOptions) => Promise<TakeBack>;

/** Takes a whole file out of the store again; says whether the store did so, which leave to put a file need not allow. */
export type TakeBack = () => Promise<boolean>;

export interface PutOptions {
  readonly onProgress?: UploadOptions['onProgress'] | undefined;
  readonly signal?: AbortSignal | undefined;
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

/** A run's status in the lines that anonlink-client writes. */
export function statusLines({ state, stages, current_stage: stage }: RunStatus): string {
  const lines = [
    t('State: {{state}}', { state }),
    t('Stage ({{number}}/{{stages}}): {{description}}', {
      number: stage.number,
      stages,
      description: stage.description ?? '',
    }),
  ];
  if (stage.progress) lines.push(t('Progress: {{percent}}%', { percent: (stage.progress.relative * 100).toFixed(2) }));
  return lines.join('\n');
}
