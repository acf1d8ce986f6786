/** What a party needs from the rooms below, gathered so that tests and the sample mode can bring their own. */
import type { Remote } from 'comlink';
import type { Channel } from '../../channel/channel.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { CreateRoom, NetConfig, OpenRoom, ReturnToRoom, Role } from '../../net/room-api.ts';
import type { DataWorkerApi } from '../../protocol/data-port.ts';
import type { Negotiation } from '../../protocol/negotiation.ts';
import type { runOwner } from '../../protocol/owner.ts';
import type { ProposalLimit } from '../../protocol/proposal-limit.ts';
import type { runResearcher } from '../../protocol/researcher.ts';
import type { KeptRun } from '../../storage/kept-run.ts';
import type { SealPool } from '../../workers/seal-pool.ts';

/** A data worker and the way to end it. */
export interface DataHandle {
  readonly api: Remote<DataWorkerApi>;
  close(): void;
}

/** The parts that bring WASM and the peer connection with them; loaded when a room is wanted. */
export interface ConnectedServices {
  readonly createRoom: CreateRoom;
  readonly openRoom: OpenRoom;
  readonly returnToRoom: ReturnToRoom;
  loadConfig(): Promise<NetConfig>;
  negotiate(role: Role, channel: Channel, limit: ProposalLimit): Negotiation;
  openPool(role: Role): SealPool;
  readonly runResearcher: typeof runResearcher;
  readonly runOwner: typeof runOwner;
}

export interface PartyServices {
  /** The page's address without fragment, for room links. */
  readonly base: string;
  readonly version: string;
  /** The owner's; a researcher keeps none. */
  readonly ledger: Ledger;
  openData(): DataHandle;
  connected(): Promise<ConnectedServices>;
  /** Keeps runs across reloads of the page; left out, a reload ends them. */
  readonly keep?: {
    begin(keepSeconds: number): Promise<KeptRun>;
    /** The run that this tab kept here. */
    find(): Promise<KeptRun | undefined>;
  };
}
