/** What is asked of an entity service about projects and their data providers' CLKs. */
import { clkFileText } from '../clk/clk-file.ts';
import { t } from '../words/translate.ts';
import { newProject, projectDescription, type UploadReceipt, uploadReceipt } from './answers.ts';
import { type Ask, type Call, type Caller, pathOf } from './caller.ts';
import type { EntityService, UploadFile, UploadOptions } from './entity-service.ts';
import { uploadToStore } from './object-store.ts';
import { ServiceError } from './service-error.ts';
import { textBody } from './transport.ts';

type ProjectCalls = Pick<EntityService, 'createProject' | 'describeProject' | 'deleteProject' | 'upload'>;

/** Where CLKs with blocks may go: today's services take them where they take CLKs, older ones beside. */
const BLOCKED_UPLOADS = ['clks', 'clksnblocks'] as const;
const NOT_THERE = [400, 404, 405];

const isNotThere = (error: unknown) => error instanceof ServiceError && NOT_THERE.includes(error.status ?? 0);

export function projectCalls(call: Caller, ask: Ask): ProjectCalls {
  return {
    createProject: (project, { signal } = {}) => {
      const { schema, resultType, parties, name = '', notes = '', usesBlocking = false } = project;
      const json = {
        schema,
        result_type: resultType,
        number_parties: parties,
        name,
        uses_blocking: usesBlocking,
        notes,
      };
      const doing = t('the new project');
      return ask(newProject, { doing, method: 'POST', path: '/projects', json, expected: [201], signal });
    },
    describeProject: (project, token, { signal } = {}) => {
      const doing = t('the description of the project');
      return ask(projectDescription, { doing, method: 'GET', path: pathOf(project), token, expected: [200], signal });
    },
    deleteProject: async (project, token, { signal } = {}) => {
      const doing = t('the deletion of the project');
      await call({ doing, method: 'DELETE', path: pathOf(project), token, expected: [200, 204], signal });
    },
    upload: (project, token, file, options = {}) => {
      const { objectStore } = options;
      return objectStore
        ? uploadToStore(ask, pathOf(project), token, file, { ...options, objectStore })
        : upload(ask, pathOf(project), token, file, options);
    },
  };
}

/** Sends CLKs, and where they have blocks and the service does not take these there, once more to the older place. */
async function upload(
  ask: Ask,
  project: string,
  token: string,
  { clks, blocks }: UploadFile,
  { onProgress, signal }: UploadOptions,
): Promise<UploadReceipt> {
  const blocksOf = typeof blocks === 'function' ? blocks : blocks && ((row: number) => blocks[row] ?? []);
  const [first, second] = BLOCKED_UPLOADS;
  const call: Call = {
    doing: t('the upload of CLKs'),
    method: 'POST',
    path: `${project}/${first}`,
    token,
    body: textBody(() => clkFileText(clks, blocksOf)),
    expected: [201],
    signal,
    ...(onProgress ? { onProgress } : {}),
  };
  try {
    return await ask(uploadReceipt, call);
  } catch (error) {
    if (!blocks || !isNotThere(error)) throw error;
    try {
      return await ask(uploadReceipt, { ...call, path: `${project}/${second}` });
    } catch (another) {
      throw isNotThere(another) ? error : another;
    }
  }
}
