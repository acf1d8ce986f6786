/** What is asked of an entity service about runs and their results. */

import { message, t } from '../words/translate.ts';
import { type RunStatus, runDescription, runList, runResult, runStatus } from './answers.ts';
import { type Ask, type Call, type Caller, parseAnswer, pathOf } from './caller.ts';
import type { CallOptions, EntityService, WatchOptions } from './entity-service.ts';
import { ServiceError } from './service-error.ts';
import { sleep } from './waiting.ts';

type RunCalls = Pick<
  EntityService,
  'createRun' | 'listRuns' | 'runStatus' | 'watchRun' | 'result' | 'resultText' | 'resultParts' | 'deleteRun'
>;

const RESULT_WANTED = message('the question for the result');

/** Large results take their time; the person can stop waiting. */
function resultCall(project: string, run: string, token: string, { signal }: CallOptions): Call {
  const path = `${pathOf(project, run)}/result`;
  return { doing: t(RESULT_WANTED), method: 'GET', path, token, expected: [200], signal, unhurried: true };
}

export function runCalls(call: Caller, ask: Ask): RunCalls {
  const resultText: EntityService['resultText'] = async (project, run, token, options = {}) =>
    (await call(resultCall(project, run, token, options))).text;
  const statusOf: EntityService['runStatus'] = (project, run, token, { signal } = {}) => {
    const path = `${pathOf(project, run)}/status`;
    return ask(runStatus, { doing: t('the status of the run'), method: 'GET', path, token, expected: [200], signal });
  };
  return {
    createRun: (project, token, { threshold, name = '', notes = '' }, { signal } = {}) => {
      const path = `${pathOf(project)}/runs`;
      const json = { threshold, name, notes };
      return ask(runDescription, {
        doing: t('the new run'),
        method: 'POST',
        path,
        token,
        json,
        expected: [201],
        signal,
      });
    },
    listRuns: (project, token, { signal } = {}) => {
      const path = `${pathOf(project)}/runs`;
      return ask(runList, { doing: t('the list of runs'), method: 'GET', path, token, expected: [200], signal });
    },
    runStatus: statusOf,
    watchRun: (project, run, token, options = {}) =>
      changesOf((asked) => statusOf(project, run, token, asked), options),
    result: async (project, run, token, options) => {
      const text = await resultText(project, run, token, options);
      return parseAnswer(runResult, { status: 200, text }, t(RESULT_WANTED));
    },
    resultText,
    resultParts: async (project, run, token, receive, options = {}) => {
      await call({ ...resultCall(project, run, token, options), receive });
    },
    deleteRun: async (project, run, token, { signal } = {}) => {
      const path = pathOf(project, run);
      await call({ doing: t('the deletion of the run'), method: 'DELETE', path, token, expected: [200, 204], signal });
    },
  };
}

/** Asks until a run has ended, and gives its status at once and whenever it changes. */
async function* changesOf(
  statusOf: (options: CallOptions) => Promise<RunStatus>,
  { every = 1000, signal }: WatchOptions,
): AsyncGenerator<RunStatus, void> {
  let last = '';
  for (;;) {
    let status: RunStatus | undefined;
    try {
      status = await statusOf(signal ? { signal } : {});
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
}
