/** The real services of a page: a data worker of its own, rooms over PeerJS, the encrypted run. */
import { Ledger } from '../../ledger/ledger.ts';
import { indexedStore } from '../../ledger/stores.ts';
import type { DataWorkerApi } from '../../protocol/data-port.ts';
import { failingCalls, watchWorker } from '../../threads/lifeline.ts';
import { buildOfPage } from '../ui/build.ts';
import { VERSION } from '../ui/version.ts';
import type { ConnectedServices, DataHandle, PartyServices } from './services.ts';

function openData(): DataHandle {
  const worker = new Worker(new URL('../../workers/data.worker.ts', import.meta.url), { type: 'module', name: 'data' });
  return { api: failingCalls(watchWorker<DataWorkerApi>(worker)), close: () => worker.terminate() };
}

async function connected(poolSize: number | undefined): Promise<ConnectedServices> {
  const [room, config, negotiation, researcher, owner, pool] = await Promise.all([
    import('../../net/room.ts'),
    import('../../net/config.ts'),
    import('../../protocol/negotiation.ts'),
    import('../../protocol/researcher.ts'),
    import('../../protocol/owner.ts'),
    import('../../workers/seal-pool.ts'),
  ]);
  return {
    createRoom: room.createRoom,
    openRoom: room.openRoom,
    returnToRoom: room.returnToRoom,
    loadConfig: () => config.loadNetConfig(),
    negotiate: (role, channel, limit) => new negotiation.Negotiation(role, channel, { build: buildOfPage(), limit }),
    openPool: (role) => new pool.SealPool(role === 'researcher', poolSize),
    runResearcher: researcher.runResearcher,
    runOwner: owner.runOwner,
  };
}

const storage = () => import('../../storage/kept-run.ts').then(({ KeptRun }) => KeptRun);

/** The page that an address's fragment names, whichever room it leads to. */
const pageOf = (fragment: string) => fragment.split('?', 1)[0] ?? '';

interface PageOptions {
  /** Workers for the encryption; left out, all cores but one. */
  readonly poolSize?: number;
  /** Left out, the one kept in this browser. */
  readonly ledger?: Ledger;
  /** Across reloads, one run a tab. */
  readonly keepsRuns: boolean;
}

export function pageServices({ poolSize, ledger = new Ledger(indexedStore()), keepsRuns }: PageOptions): PartyServices {
  return {
    ...(keepsRuns && {
      keep: {
        begin: async (keepSeconds: number) => (await storage()).begin(pageOf(location.hash), keepSeconds),
        find: async () => (await storage()).find(pageOf(location.hash)),
      },
    }),
    base: location.href.split('#', 1)[0] ?? location.href,
    version: VERSION,
    ledger,
    openData,
    connected: () => connected(poolSize),
  };
}
