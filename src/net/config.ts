import { z } from 'zod';
import { checked } from '../parsing/checked.ts';
import { readJson } from '../parsing/json.ts';
import { t } from '../words/translate.ts';
import type { NetConfig } from './room-api.ts';

const host = z
  .string()
  .regex(/^[A-Za-z0-9.-]+$|^\[[0-9A-Fa-f:.]+\]$/, 'a host name or address without protocol, port or path');

const iceAddress = z
  .string()
  .regex(
    /^stuns?:[A-Za-z0-9.:[\]-]+$|^turns?:[A-Za-z0-9.:[\]-]+(\?transport=(udp|tcp))?$/,
    'an address such as stun:stun.example.org or turn:turn.example.org:3478?transport=udp',
  );

/** Whether an ICE server's address is that of a TURN server. */
export const isRelay = (address: string): boolean => /^turns?:/.test(address);

const iceServer = z
  .strictObject({
    urls: z.union([iceAddress, z.array(iceAddress).min(1)]),
    username: z.string().optional(),
    credential: z.string().optional(),
  })
  .refine(
    ({ urls, username, credential }) => ![urls].flat().some(isRelay) || (username && credential),
    'a TURN server needs a username and a credential: browsers refuse it without',
  );

const configSchema = z.strictObject({
  signalling: z
    .strictObject({
      host: host.optional(),
      port: z.int().min(1).max(65_535).optional(),
      path: z.string().startsWith('/').default('/signal'),
      secure: z.boolean().optional(),
    })
    .default({ path: '/signal' }),
  iceServers: z.array(iceServer).default([]),
  iceTransportPolicy: z.enum(['all', 'relay']).optional(),
  reconnectSeconds: z.int().min(5).max(3600).default(120),
  maxMessageBytes: z
    .int()
    .min(1024 * 1024)
    .max(1024 * 1024 * 1024)
    .default(64 * 1024 * 1024),
  entityService: z
    .array(
      z
        .string()
        .regex(
          /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/,
          'an origin such as https://linkage.example.org, without a path',
        ),
    )
    .optional(),
});

/** `config.json` is missing or wrong. The message names the place. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** {@link parseNetConfig} of the file's text. */
export function readNetConfig(text: string): NetConfig {
  const json = readJson(text);
  if ('problem' in json) throw new ConfigError(t('config.json is not JSON: {{problem}}.', { problem: json.problem }));
  return parseNetConfig(json.data);
}

/**
 * The configuration in a parsed `config.json`. What is not set has its default, in which no third party occurs.
 * @throws ConfigError naming each wrong setting.
 */
export function parseNetConfig(value: unknown): NetConfig {
  const config = checked(configSchema, value);
  if ('problem' in config) {
    throw new ConfigError(
      `${t('config.json is not right; whoever hosts this page has to correct it.')}\n${config.problem}`,
    );
  }
  const { signalling, iceServers, ...limits } = config.data;
  if (limits.iceTransportPolicy === 'relay' && !iceServers.some(({ urls }) => [urls].flat().some(isRelay))) {
    throw new ConfigError(
      t(
        'config.json is not right: “iceTransportPolicy” is “relay”, but “iceServers” names no TURN server to relay by.',
      ),
    );
  }
  return {
    ...withoutUndefined(limits),
    signalling: withoutUndefined(signalling),
    iceServers: iceServers.map(withoutUndefined),
  };
}

/**
 * Reads `config.json` from beside the page.
 * @throws ConfigError when it is not there, no JSON or wrong.
 */
export async function loadNetConfig(base: string = document.baseURI): Promise<NetConfig> {
  const address = new URL('config.json', base);
  let value: unknown;
  try {
    const response = await fetch(address, { cache: 'no-cache' });
    if (!response.ok) throw new Error(t('the server answered {{status}}', { status: response.status }));
    value = await response.json();
  } catch (error) {
    throw new ConfigError(
      t('{{file}} could not be read ({{why}}). Reload the page; if that does not help, whoever hosts it has to look.', {
        file: address.pathname,
        why: error instanceof Error ? error.message : String(error),
      }),
    );
  }
  return parseNetConfig(value);
}
