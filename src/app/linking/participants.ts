/** Who sits at this page: a provider, the linkage unit, or both. A participant holds connections and says how they stand. */

import type { Channel } from '../../channel/channel.ts';
import type { Socket } from '../../channel/socket-transport.ts';
import { type Invitation, roomSecret } from '../../linking/invitation.ts';
import type { LinkageEngine } from '../../linking/linkage-engine.ts';
import { LinkageUnit } from '../../linking/linkage-unit.ts';
import type { Project } from '../../linking/project.ts';
import { Provider, type ProviderState } from '../../linking/provider.ts';
import { QUEUE_OFF, QueueEngine, type QueueState } from '../../linking/queue-engine.ts';
import type { RunOptions } from '../../linking/unit-runs.ts';
import type { UnitState } from '../../linking/unit-state.ts';
import type { NetConfig, Room, RoomState } from '../../net/room-api.ts';
import { t } from '../../words/translate.ts';
import { Store } from '../ui/store.ts';

/** What participants need of the network. */
export interface LinkingServices {
  readonly config: NetConfig;
  /** The page's address without fragment. */
  readonly base: string;
  hostRoom(secret: Uint8Array, base: string, config: NetConfig): Room;
  joinRoom(secret: Uint8Array, base: string, config: NetConfig): Room;
  memoryChannelPair(): [Channel, Channel];
  openEngine(): LinkageEngine & { close(): void };
  /** Where the server that serves the page may offer a queue. */
  openQueueSocket(): Socket;
}

/** As much of a room as a participant needs. */
type Connection = Pick<Room, 'state' | 'onStateChange' | 'channel' | 'close'>;

/** A connection within this page. */
function ownConnection(channel: Channel): Connection {
  return {
    state: { kind: 'connected', code: [] },
    onStateChange: () => () => {},
    channel: Promise.resolve(channel),
    close: () => {},
  };
}

export interface ProviderParticipantState {
  readonly room: RoomState;
  /** Once connected. */
  readonly provider: ProviderState | undefined;
}

/** A provider's place in a room. */
export class ProviderParticipant {
  readonly store: Store<ProviderParticipantState>;
  #provider: Provider | undefined;

  readonly #connection: Connection;

  constructor(
    connection: Connection,
    readonly number: number,
    digest: string,
    project?: Project,
  ) {
    this.#connection = connection;
    this.store = new Store<ProviderParticipantState>({ room: connection.state, provider: undefined });
    connection.onStateChange((room) => this.store.update({ room }));
    connection.channel.then(
      (channel) => {
        const provider = new Provider(channel, {
          number,
          digest,
          ...(project === undefined ? {} : { project }),
          onChange: (state) => this.store.update({ provider: state }),
        });
        this.#provider = provider;
        this.store.update({ provider: provider.state });
        void provider.run();
      },
      // The room's state says it.
      () => {},
    );
  }

  static join(
    { joinRoom, base, config }: LinkingServices,
    { number, room, project }: Extract<Invitation, { as: 'provider' }>,
    made?: Project,
  ): ProviderParticipant {
    return new ProviderParticipant(joinRoom(room, base, config), number, project, made);
  }

  /**
   * The provider once connected.
   * @throws Error before that
   */
  get connected(): Provider {
    if (!this.#provider) throw new Error(t('The linkage unit is not connected yet. Wait until it is.'));
    return this.#provider;
  }

  /** Nothing can be sent or received any more. */
  get over(): boolean {
    const { room, provider } = this.store.getSnapshot();
    return room.kind === 'ended' || provider?.ended !== undefined;
  }

  async leave(): Promise<void> {
    const { ended } = this.store.getSnapshot().provider ?? {};
    if (this.#provider && ended === undefined) await this.#provider.leave();
    else this.#connection.close();
  }
}

export interface UnitParticipantState {
  readonly unit: UnitState;
  /** The connection to each provider. */
  readonly rooms: readonly RoomState[];
  readonly queue: QueueState;
}

/** The linkage unit's place: a room for each provider, waited in from the start. */
export class UnitParticipant {
  readonly store: Store<UnitParticipantState>;
  /** Where this page is also the first provider. */
  readonly provider: ProviderParticipant | undefined;
  readonly #unit: LinkageUnit;
  readonly #engine: ReturnType<LinkingServices['openEngine']>;
  readonly #queue: QueueEngine;
  readonly #rooms: readonly Connection[];

  constructor(
    services: LinkingServices,
    { providers, project: digest, key }: Omit<Extract<Invitation, { as: 'unit' }>, 'as'>,
    made?: { readonly project: Project; readonly alsoProvider: boolean },
  ) {
    this.#engine = services.openEngine();
    this.#queue = new QueueEngine(this.#engine, services.openQueueSocket, (queue) => this.store.update({ queue }));
    this.#unit = new LinkageUnit({
      providers,
      digest,
      engine: this.#queue,
      ...(made && !made.alsoProvider ? { project: made.project } : {}),
      onChange: (unit) => this.store.update({ unit }),
    });
    const [near, far] = made?.alsoProvider ? services.memoryChannelPair() : [];
    this.#rooms = Array.from({ length: providers }, (_, i) =>
      i === 0 && near ? ownConnection(near) : services.hostRoom(roomSecret(key, i + 1), services.base, services.config),
    );
    this.store = new Store<UnitParticipantState>({
      unit: this.#unit.state,
      rooms: this.#rooms.map(({ state }) => state),
      queue: QUEUE_OFF,
    });
    for (const [i, room] of this.#rooms.entries()) {
      room.onStateChange((state) => {
        this.store.update({ rooms: this.store.getSnapshot().rooms.map((other, j) => (j === i ? state : other)) });
      });
      room.channel.then(
        (channel) => this.#unit.serve(i + 1, channel),
        // The room's state says it.
        () => {},
      );
    }
    this.provider = made && far ? new ProviderParticipant(ownConnection(far), 1, digest, made.project) : undefined;
  }

  /** The project is over. */
  get over(): boolean {
    return this.store.getSnapshot().unit.ended !== undefined;
  }

  startRun(options: RunOptions): void {
    this.#unit.startRun(options);
  }

  deleteRun(id: number): void {
    this.#unit.deleteRun(id);
  }

  /** Has the queue of the page's own server compare from the next run on; the store tells how that goes. */
  compareOnQueue(token: string): void {
    void this.#queue.use(token);
  }

  /** Compares on the page again. */
  compareHere(): void {
    this.#queue.stopUsing();
  }

  async deleteProject(): Promise<void> {
    await this.#unit.deleteProject();
    this.#close();
  }

  async leave(): Promise<void> {
    await this.#unit.leave();
    this.#close();
  }

  #close(): void {
    for (const room of this.#rooms) room.close();
    this.#engine.close();
  }
}
