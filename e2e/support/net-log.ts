/** What a Chromium process did on the network, from its own log (`--log-net-log`): below pages, workers and sockets. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const logSchema = z.object({
  constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }),
  events: z.array(
    z.object({
      type: z.number(),
      params: z
        .looseObject({
          initiator: z.string(),
          url: z.string(),
          address: z.string(),
          address_list: z.array(z.string()),
        })
        .partial()
        .optional(),
    }),
  ),
});

export interface NetLog {
  /** Hosts that pages asked for anything, sockets included. What the browser asks for by itself has no origin. */
  readonly requested: ReadonlySet<string>;
  /** Addresses with port to which TCP connections were tried. */
  readonly connected: ReadonlySet<string>;
  /** Addresses without port to which UDP packets were sent: WebRTC, and the names of its candidates (mDNS). */
  readonly packets: ReadonlyMap<string, number>;
}

export function readNetLog(path: string): NetLog {
  const { constants, events } = logSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const requested = new Set<string>();
  const connected = new Set<string>();
  const packets = new Map<string, number>();
  for (const { type, params } of events) {
    if (params === undefined) continue;
    const { initiator, url, address, address_list: addresses } = params;
    if (type === constants.logEventTypes.URL_REQUEST_START_JOB && url && initiator?.includes('://')) {
      requested.add(new URL(url).host);
    } else if (type === constants.logEventTypes.TCP_CONNECT) {
      for (const one of addresses ?? []) connected.add(one);
    } else if (type === constants.logEventTypes.UDP_BYTES_SENT && address) {
      const host = address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
      packets.set(host, (packets.get(host) ?? 0) + 1);
    }
  }
  return { requested, connected, packets };
}
