import { t } from '../words/translate.ts';
import { serviceStatus } from './answers.ts';
import { askWith, type CallerOptions, createCaller, serviceAddress } from './caller.ts';
import type { EntityService } from './entity-service.ts';
import { projectCalls } from './project-calls.ts';
import { runCalls } from './run-calls.ts';

/**
 * A client of the entity service at an address. It holds no connection and no token.
 * @param address as people write it, with or without `/api/v1`
 * @throws ServiceError when the address is none
 */
export function connectEntityService(address: string, options: CallerOptions = {}): EntityService {
  const base = serviceAddress(address);
  const call = createCaller(base, options);
  const ask = askWith(call);
  return {
    address: base,
    status: ({ signal } = {}) => {
      const doing = t('the question for its status');
      return ask(serviceStatus, { doing, method: 'GET', path: '/status', expected: [200], signal });
    },
    ...projectCalls(call, ask),
    ...runCalls(call, ask),
  };
}
