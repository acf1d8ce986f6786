import type { Agreement } from '../../agreement/agreement.ts';
import { type Channel, ChannelRestarted, type CloseReason } from '../../channel/channel.ts';
import type { NetConfig, Room, RoomPass } from '../../net/room-api.ts';
import type { Negotiation, NegotiationState } from '../../protocol/negotiation.ts';
import { ProposalLimit } from '../../protocol/proposal-limit.ts';
import type { SealPool } from '../../workers/seal-pool.ts';
import type { Store } from '../ui/store.ts';
import { likelyColumns } from './field-matching.ts';
import type { KeptRoom } from './kept-draft.ts';
import { Offer } from './offer.ts';
import type { ConnectedServices, DataHandle, PartyServices } from './services.ts';
import type { FieldColumn, PartyState, Traffic } from './state.ts';
import { randomHex16 } from './terms.ts';

/** Both accepted: what the run needs. */
export interface Settled {
  readonly services: ConnectedServices;
  readonly channel: Channel;
  /** To come back into the room after a reload, and how long the other side waits for that. */
  readonly pass: RoomPass | undefined;
  readonly keepSeconds: number;
  readonly agreement: Agreement;
  /** Made ready while people read the agreement; whoever runs closes it. */
  readonly pool: SealPool;
}

export interface MeetingEvents {
  /** Researcher: other columns of the list are matched by now. */
  onFieldsPlaced(): void;
  onSettled(settled: Settled): void;
  onEnded(error: unknown): void;
}

type MakeRoom = (services: ConnectedServices, config: NetConfig) => Room;

/** A room with somebody in it. */
interface Met {
  readonly services: ConnectedServices;
  readonly config: NetConfig;
  readonly room: Room;
  readonly channel: Channel;
}

const TRAFFIC_EVERY_MS = 1000;
const NO_TRAFFIC: Traffic = { bytesSent: 0, bytesReceived: 0 };

/** Where a study file finds a field: a column, nowhere, or undefined where it does not say or this list lacks the column. */
function placeOf(name: string | null | undefined, columns: readonly string[]): FieldColumn {
  if (name === undefined || name === null) return name;
  const column = columns.indexOf(name);
  return column < 0 ? undefined : column;
}

/** What was said to a page that is reloaded meanwhile is said anew anyway. */
function unlessRestarted(error: unknown): void {
  if (!(error instanceof ChannelRestarted)) throw error;
}

export class Meeting {
  readonly #store: Store<PartyState>;
  readonly #services: PartyServices;
  readonly #events: MeetingEvents;
  #room: Room | undefined;
  #pool: SealPool | undefined;
  #channel: Channel | undefined;
  #negotiation: Negotiation | undefined;
  /** Of the room: a page that is reloaded there is taken no more proposals from for that. */
  #limit = new ProposalLimit();
  readonly #offer: Offer;
  #traffic: ReturnType<typeof setInterval> | undefined;
  /** Counts meetings, so that what an earlier one still reports is dropped. */
  #meeting = 0;
  #open = false;
  /** Researcher: the owner's fields that the columns of the list are placed for, as JSON. */
  #placedFor: string | undefined;
  /** Before a reload of this page. */
  #before = NO_TRAFFIC;

  constructor(store: Store<PartyState>, data: DataHandle, services: PartyServices, events: MeetingEvents) {
    this.#store = store;
    this.#offer = new Offer(store, data, () => this.#negotiation);
    this.#services = services;
    this.#events = events;
  }

  async createRoom(): Promise<void> {
    const { role } = this.#store.getSnapshot();
    // What depends on nobody else is made while the other person is still to come; what fails here is told with the terms.
    if (role === 'owner') this.#offer.prepare().catch(() => {});
    const make: MakeRoom = (services, config) => services.createRoom(role, this.#services.base, config);
    await this.#enter(false, make, (met) => this.#negotiate(met));
  }

  /** Enters the room of an opened link. `fragment` is the address's fragment, link secret included. */
  async openRoom(fragment: string): Promise<void> {
    const make: MakeRoom = (services, config) => services.openRoom(fragment, this.#services.base, config);
    await this.#enter(true, make, (met) => this.#negotiate(met));
  }

  /** After a reload, back into the room of a run that both had agreed on. `before`: traffic until then. */
  async comeBack(pass: RoomPass, agreement: Agreement, before: Traffic): Promise<void> {
    this.#before = before;
    await this.#return(pass, async (met) => this.#settle(met, agreement));
  }

  /** After a reload before any run, back into the room; what both had said is said anew. */
  async returnToNegotiate({ pass, placedFor }: KeptRoom): Promise<void> {
    this.#placedFor = placedFor;
    await this.#return(pass, (met) => this.#negotiate(met));
  }

  async #return(pass: RoomPass, then: (met: Met) => Promise<void>): Promise<void> {
    const make: MakeRoom = (services, config) => services.returnToRoom(pass, this.#services.base, config);
    await this.#enter(!pass.host, make, then);
  }

  /** The way back after a reload of this page; undefined in no room. */
  get wayBack(): KeptRoom | undefined {
    return this.#room && { pass: this.#room.pass, placedFor: this.#placedFor };
  }

  async #enter(opened: boolean, make: MakeRoom, then: (met: Met) => Promise<void>): Promise<void> {
    if (this.#open) return;
    this.#open = true;
    this.#meeting += 1;
    const meeting = this.#meeting;
    try {
      const services = await this.#services.connected();
      const config = await services.loadConfig();
      if (meeting !== this.#meeting) return;
      const room = make(services, config);
      const pool = services.openPool(this.#store.getSnapshot().role);
      this.#pool = pool;
      this.#showWhenReady(pool);
      this.#room = room;
      const show = () => this.#store.update({ room: { link: room.link, opened, state: room.state } });
      show();
      room.onStateChange(() => {
        if (meeting === this.#meeting) show();
      });
      const channel = await room.channel;
      if (meeting !== this.#meeting) return;
      this.#channel = channel;
      this.#traffic = setInterval(() => this.#readTraffic(), TRAFFIC_EVERY_MS);
      await then({ services, config, room, channel });
    } catch (error) {
      if (meeting === this.#meeting) this.#events.onEnded(error);
    }
  }

  #showWhenReady(pool: SealPool): void {
    this.#store.update({ encryptionReady: false });
    const show = () => this.#pool === pool && this.#store.update({ encryptionReady: true });
    // A pool that cannot be made ready tells whoever asks it for something.
    pool.ready.then(show, () => {});
  }

  async #negotiate(met: Met): Promise<void> {
    const { services, channel } = met;
    const negotiation = services.negotiate(this.#store.getSnapshot().role, channel, this.#limit);
    this.#negotiation = negotiation;
    negotiation.onChange((state) => {
      // One with a page that was reloaded since is told what was on its way there.
      if (negotiation === this.#negotiation) this.#onNegotiation(state);
    });
    this.#onNegotiation(negotiation.state);
    try {
      const agreement = await negotiation.settled;
      if (negotiation === this.#negotiation) this.#settle(met, agreement);
    } catch (error) {
      if (negotiation !== this.#negotiation) return;
      if (error instanceof ChannelRestarted) await this.#negotiateAnew({ ...met, channel: error.next });
      else this.#events.onEnded(error);
    }
  }

  /** The other page was reloaded: all that was said and accepted is void. */
  async #negotiateAnew(met: Met): Promise<void> {
    this.#channel = met.channel;
    await this.#negotiate(met);
  }

  #settle({ services, config, room, channel }: Met, agreement: Agreement): void {
    const pool = this.#pool;
    if (pool === undefined) return;
    this.#pool = undefined;
    const { pass } = room;
    this.#events.onSettled({ services, channel, pass, keepSeconds: config.reconnectSeconds, agreement, pool });
  }

  #onNegotiation(negotiation: NegotiationState): void {
    const { role, negotiation: said, strataMinimum } = this.#store.getSnapshot();
    const before = said?.terms;
    const { terms } = negotiation;
    const first = role === 'researcher' ? (strataMinimum ?? terms?.minimumGroupSize) : undefined;
    this.#store.update({ negotiation, strataMinimum: first });
    // Terms that only their numbers have changed in leave the columns as the person has placed them.
    if (terms && JSON.stringify(terms.fields) !== this.#placedFor) this.placeFields();
    else if (terms && before === undefined) this.#events.onFieldsPlaced();
    void this.speak();
  }

  /** Researcher: places the owner's fields in the list's columns by likely names, where terms and list are both known. */
  placeFields(): void {
    const { role, negotiation, file } = this.#store.getSnapshot();
    if (role !== 'researcher' || negotiation?.terms === undefined || file.kind !== 'ready') return;
    const names = file.summary.columns.map((c) => c.name);
    const { studyPlaces } = this.#store.getSnapshot();
    const likely = likelyColumns(negotiation.terms.fields, names);
    const fieldColumns = negotiation.terms.fields.map(({ name }, i) => {
      const place = placeOf(studyPlaces[name], names);
      return place === undefined ? likely[i] : place;
    });
    this.#placedFor = JSON.stringify(negotiation.terms.fields);
    this.#store.update({ fieldColumns });
    this.#events.onFieldsPlaced();
  }

  /** On the Connect step: says what is to be said, and again when that changed. */
  async speak(): Promise<void> {
    await this.#offer.speak();
  }

  /** Accepts the agreement of this hash, unless another has taken its place. */
  async accept(hash: string): Promise<void> {
    await this.#negotiation?.accept(hash).catch(unlessRestarted);
  }

  /** Takes back an acceptance by a new proposal or offer with the same contents: the other side must agree anew too. */
  async withdraw(): Promise<void> {
    const state = this.#negotiation?.state;
    if (!state?.acceptedHere || !state.terms || !state.list) return;
    const nonce = randomHex16();
    const { role } = this.#store.getSnapshot();
    const anew =
      role === 'owner'
        ? this.#negotiation?.propose({ ...state.terms, nonce })
        : this.#negotiation?.offerList({ ...state.list, nonce });
    await anew?.catch(unlessRestarted);
  }

  /** Ends before or as the run begins, for a reason that the other side is told the kind of. */
  async refuse({ code }: CloseReason): Promise<void> {
    const message = 'The data owner’s page refused to start the run.';
    await this.#channel?.close({ code, message });
  }

  async decline(reason: string): Promise<void> {
    await this.#negotiation?.decline(reason);
  }

  #readTraffic(): void {
    if (this.#room === undefined) return;
    const { bytesSent: sentHere, bytesReceived: receivedHere } = this.#room.traffic;
    const bytesSent = this.#before.bytesSent + sentHere;
    const bytesReceived = this.#before.bytesReceived + receivedHere;
    const { traffic } = this.#store.getSnapshot();
    if (bytesSent === traffic.bytesSent && bytesReceived === traffic.bytesReceived) return;
    this.#store.update({ traffic: { bytesSent, bytesReceived } });
  }

  keepTrying(): void {
    this.#room?.keepTrying();
  }

  giveUp(): void {
    this.#room?.giveUp();
  }

  /** Tells the other side and stops whatever goes on. */
  async cancel(): Promise<void> {
    await this.#channel?.close({ code: 'cancelled', message: 'The person on the other side pressed Cancel.' });
  }

  /** Closes the room; the next `createRoom` starts anew. */
  close(): void {
    this.#meeting += 1;
    this.#open = false;
    this.#readTraffic();
    clearInterval(this.#traffic);
    this.#room?.close();
    this.#pool?.close();
    this.#room = undefined;
    this.#pool = undefined;
    this.#channel = undefined;
    this.#negotiation = undefined;
    this.#limit = new ProposalLimit();
    this.#placedFor = undefined;
    this.#before = NO_TRAFFIC;
  }
}
