/** A room in memory, for tests: everything that crosses a channel is kept. */

import type { Channel, Message } from '../channel/channel.ts';
import { memoryChannelPair } from '../channel/memory-channel.ts';
import { createEncoder } from '../clk/encoder.ts';
import type { ClkUpload } from '../linking/clk-upload.ts';
import type { LinkageEngine } from '../linking/linkage-engine.ts';
import { LinkageUnit } from '../linking/linkage-unit.ts';
import { encodeProject, type Project, projectDigest } from '../linking/project.ts';
import { Provider, type ProviderState } from '../linking/provider.ts';
import type { UnitState } from '../linking/unit-state.ts';
import { csvRows } from '../python/csv-rows.ts';
import { peopleCsv, peopleSchema } from '../sample/people-files.ts';
import { testEngine } from './linkage-engine.ts';

/** The secret in all of these tests. */
export const SECRET = 'a secret of the providers, 0123456789';

export const PROJECT: Project = {
  version: 1,
  name: 'Asthma and prescriptions',
  notes: 'Approved in May.',
  linkageSchema: JSON.stringify(peopleSchema()),
  resultType: 'groups',
  audience: 'everyone',
  providers: 2,
};

/** Rows of made-up people; providers of different `part` have many people in common. */
export function peopleRows(part: number, rows = 40): string[][] {
  const options = { seed: 7, listRows: rows, dataRows: 2 * rows, overlap: rows - 5 };
  const [, ...all] = csvRows([...peopleCsv(part === 0 ? 'list' : 'data', options)].join(''));
  const own = part < 2 ? all : all.filter((_, row) => row % (part + 1) !== 0);
  return own.slice(0, rows + 10 * part);
}

export function uploadOf(rows: readonly (readonly string[])[], secret = SECRET): ClkUpload {
  const { bits, bytesPerClk } = createEncoder(peopleSchema(), secret).encodeTable(rows);
  return { clks: { rows: rows.length, bits, bytesPerClk } };
}

/** Keeps every message that is sent. */
export function recording(channel: Channel, sent: Message[]): Channel {
  return new Proxy(channel, {
    get: (target, name) => {
      if (name === 'send') {
        return (message: Message) => {
          sent.push({ ...message, blobs: message.blobs.map((blob) => blob.slice()) });
          return target.send(message);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

export interface TestRoom {
  readonly unit: LinkageUnit;
  readonly providers: readonly Provider[];
  /** Provider by provider, what went to the linkage unit and what came from it. */
  readonly toUnit: readonly Message[][];
  readonly fromUnit: readonly Message[][];
  /** The providers' own ends of the channels. */
  readonly channels: readonly Channel[];
  /** Resolves once it is so on the linkage unit's page. */
  unitIs(so: (state: UnitState) => boolean): Promise<UnitState>;
  providerIs(number: number, so: (state: ProviderState) => boolean): Promise<ProviderState>;
}

async function until<T>(state: () => T, so: (state: T) => boolean): Promise<T> {
  const end = Date.now() + 3_000;
  while (!so(state())) {
    if (Date.now() > end) throw new Error(`It never came to that: ${JSON.stringify(state())?.slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return state();
}

/** A linkage unit and its providers, connected; provider 1 made the project. */
export function testRoom(project: Project, engine: LinkageEngine = testEngine): TestRoom {
  const digest = projectDigest(encodeProject(project));
  const unit = new LinkageUnit({ providers: project.providers, digest, engine, onChange: () => {} });
  const toUnit: Message[][] = [];
  const fromUnit: Message[][] = [];
  const channels: Channel[] = [];
  const providers = Array.from({ length: project.providers }, (_, i) => {
    const [theirs, ours] = memoryChannelPair();
    const [to, from]: [Message[], Message[]] = [[], []];
    toUnit.push(to);
    fromUnit.push(from);
    const channel = recording(theirs, to);
    channels.push(channel);
    void unit.serve(i + 1, recording(ours, from));
    const made = i === 0 ? { project } : {};
    const provider = new Provider(channel, { number: i + 1, digest, ...made, onChange: () => {} });
    void provider.run();
    return provider;
  });
  const room: TestRoom = {
    unit,
    providers,
    toUnit,
    fromUnit,
    channels,
    unitIs: (so) => until(() => unit.state, so),
    providerIs: (number, so) =>
      until(() => {
        const provider = providers[number - 1];
        if (!provider) throw new Error(`There is no provider ${number}`);
        return provider.state;
      }, so),
  };
  return room;
}
