import { type Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { BlockNames, blocksOfRow } from '../blocking/row-blocks.ts';
import { RESULT_TYPES, type ResultType } from '../entity-service/answers.ts';
import { STALLED_AFTER_MS } from '../entity-service/caller.ts';
import type { UploadOptions as UploadSettings } from '../entity-service/entity-service.ts';
import { readStoreAddress } from '../entity-service/store-address.ts';
import { readJson } from '../parsing/json.ts';
import { pythonJson } from '../python/json.ts';
import { readBlockFile } from './block-file.ts';
import { readClkSet } from './clk-source.ts';
import { CommandError, STOPPED_CODE, UsageError } from './command-error.ts';
import { isVerbose, parseWhole, withVerbose } from './options.ts';
import { openOutput, writePrecious, writeText } from './output-file.ts';
import { createProgress } from './progress.ts';
import { readSchemaFile } from './schema-file.ts';
import {
  needed,
  type RoleOptions,
  roleOf,
  type ServiceOptions,
  serviceOf,
  withRole,
  withService,
} from './service-options.ts';
import { dispatcherFor } from './service-transport.ts';
import { readText, type Terminal } from './terminal.ts';

interface ProjectOptions extends ServiceOptions {
  readonly type: ResultType;
  readonly schema?: string;
  readonly name?: string;
  readonly blocked: boolean;
  readonly parties: number;
  readonly output: string;
}

interface UploadOptions extends RoleOptions {
  readonly blocks?: string;
  readonly objectStore: boolean;
  readonly output: string;
}

/** Names the object store where the service's own name for it cannot be reached from here; anonlink-client's variable. */
const STORE = 'UPLOAD_OBJECT_STORE_SERVER';

async function createProject(terminal: Terminal, options: ProjectOptions, verbose: boolean): Promise<void> {
  const file = needed(options.schema, '--schema');
  await readSchemaFile(terminal, file, '--schema');
  const json = readJson(await readText(terminal, file, '--schema'));
  const schema = 'data' in json ? json.data : undefined;
  if (options.parties > 2 && options.type !== 'groups') {
    throw new CommandError(`Multi-party linkage requires result type 'groups': add --type groups, or --parties 2.`);
  }
  const service = serviceOf(terminal, options, verbose);
  const output = await openOutput(terminal, options.output);
  try {
    const project = await service.createProject({
      schema,
      resultType: options.type,
      parties: options.parties,
      name: options.name ?? '',
      notes: `Project created by blindjoin ${packageJson.version}`,
      usesBlocking: options.blocked,
    });
    terminal.err('Project created\n');
    await writePrecious(terminal, output, pythonJson(project));
  } finally {
    await output.discard();
  }
}

/** @throws UsageError where the environment names no store */
async function storeFrom(
  terminal: Terminal,
  { timeout }: UploadOptions,
): Promise<NonNullable<UploadSettings['objectStore']>> {
  const given = terminal.environment[STORE];
  const address = given ? readStoreAddress(given) : undefined;
  if (given && !address) {
    throw new UsageError(
      `${STORE} is "${given}", which is no address of an object store. Write host:port, or https:// and the host, without a path.`,
    );
  }
  // Loaded only here: other commands start faster.
  const { storeWriter } = await import('./object-store.ts');
  return {
    ...(address ? { address } : {}),
    put: storeWriter(dispatcherFor(terminal.environment), timeout === undefined ? STALLED_AFTER_MS : timeout * 1000),
    onLeft: (store, name) =>
      terminal.err(
        `Warning: ${name} stays in the object store at ${store}. Ask who runs the service to take it away, unless the service has the upload.\n`,
      ),
    onUnprotected: (store) =>
      terminal.err(
        `Warning: the CLKs go to the object store at ${store} without encryption: whoever is on the way can read them. Ask who runs the service for https, or set ${STORE} to https:// and its host.\n`,
      ),
  };
}

async function upload(terminal: Terminal, file: string, options: UploadOptions, verbose: boolean): Promise<void> {
  const [project, token] = roleOf(terminal, options);
  const service = serviceOf(terminal, options, verbose);
  const objectStore = options.objectStore ? { objectStore: await storeFrom(terminal, options) } : {};
  const names = new BlockNames();
  const { clks, blocks: withClks } = await readClkSet(terminal, file, 'CLK_JSON', names);
  if (clks.rows === 0) throw new CommandError(`${file} holds no CLKs, so there is nothing to upload.`);
  const blocks =
    options.blocks === undefined
      ? withClks
      : await readBlockFile(terminal, options.blocks, '--blocks', clks.rows, names);
  if (verbose) terminal.err(`Uploading ${clks.rows} CLKs${blocks ? ' with blocks' : ''} to project ${project}\n`);
  const progress = createProgress(terminal, verbose);
  const output = await openOutput(terminal, options.output);
  const stop = new AbortController();
  const release = terminal.onStop(() =>
    stop.abort(new CommandError('Stopped before the upload was whole.', STOPPED_CODE)),
  );
  try {
    const receipt = await service.upload(
      project,
      token,
      { clks, ...(blocks ? { blocks: (row: number) => blocksOfRow(blocks, row) } : {}) },
      {
        onProgress: (sent, total) => progress.report(total === 0 ? 1 : sent / total, `of ${total} bytes sent`),
        ...objectStore,
        signal: stop.signal,
      },
    );
    progress.end();
    if (verbose) for (const [key, value] of Object.entries(receipt)) terminal.err(`${key}: ${String(value)}\n`);
    await writePrecious(terminal, output, pythonJson(receipt));
  } finally {
    release();
    progress.end();
    await output.discard();
  }
}

/** `status`, `create-project`, `upload` and `delete-project`. */
export function addProjectCommands(program: Command, terminal: Terminal): void {
  const status = program.command('status');
  withService(withVerbose(status))
    .description('Ask an entity service how it is.')
    .option('-o, --output <FILE>', 'file for the answer', '-')
    .action(async (options: ServiceOptions & { output: string }) => {
      const answer = await serviceOf(terminal, options, isVerbose(status)).status();
      if (isVerbose(status)) terminal.err(`Status: ${answer.status}\n`);
      await writeText(terminal, options.output, `${pythonJson(answer)}\n`);
    });

  const create = program.command('create-project');
  withService(withVerbose(create))
    .description('Create a project on an entity service; the answer holds the tokens of its parties.')
    .addOption(new Option('--type <TYPE>', 'what its runs give').choices(RESULT_TYPES).default('permutations'))
    .option('--schema <FILE>', 'linkage schema, which all parties will see')
    .option('--name <TEXT>', 'a name for the project')
    .option('--blocked', 'the parties will upload blocks with their CLKs', false)
    .addOption(new Option('--parties <N>', 'how many data providers').argParser(parseWhole(2)).default(2))
    .option('-o, --output <FILE>', 'file for the answer', '-')
    .action((options: ProjectOptions) => createProject(terminal, options, isVerbose(create)));

  const send = program.command('upload');
  withRole(withVerbose(send))
    .description("Upload a data provider's CLKs, and their blocks, to a project on an entity service.")
    .argument('<CLK_JSON>', 'CLKs (JSON)')
    .option('--blocks <FILE>', 'block file, as block writes it')
    .option(
      '--object-store',
      `by way of the object store of the service (MinIO, S3), at the address that the service gives or that of ${STORE}`,
      false,
    )
    .option('--to_entityservice', 'accepted as anonlink-client does; uploads go to the service itself anyway')
    .option('-o, --output <FILE>', 'file for the receipt', '-')
    .action((file: string, options: UploadOptions) => upload(terminal, file, options, isVerbose(send)));

  const remove = program.command('delete-project');
  withRole(withVerbose(remove))
    .description('Delete a project and all its data from an entity service.')
    .action(async (options: RoleOptions) => {
      const role = roleOf(terminal, options);
      await serviceOf(terminal, options, isVerbose(remove)).deleteProject(...role);
      terminal.err('Project deleted\n');
    });
}
