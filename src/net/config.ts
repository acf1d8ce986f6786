import { z } from 'zod';
import { checked } from '../agreement/checked.ts';
import type { NetConfig } from './room-api.ts';

const host = z
  .string()
  .regex(/^[A-Za-z0-9.-]+$|^\[[0-9A-Fa-f:.]+\]$/, 'a host name or address without protocol, port or path');

const configSchema = z.strictObject({
  signalling: z
    .strictObject({
      host: host.optional(),
      port: z.number().int().min(1).max(65_535).optional(),
      path: z.string().startsWith('/').default('/signal'),
      secure: z.boolean().optional(),
    })
    .default({ path: '/signal' }),
  iceServers: z
    .array(
      z.strictObject({
        urls: z.union([
          z.string().regex(/^(stuns?|turns?):/, 'an address that starts with stun: or turn:'),
          z.array(z.string().regex(/^(stuns?|turns?):/, 'an address that starts with stun: or turn:')).min(1),
        ]),
        username: z.string().optional(),
        credential: z.string().optional(),
      }),
    )
    .default([]),
  reconnectSeconds: z.number().int().min(5).max(3600).default(120),
  maxMessageBytes: z
    .number()
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

/**
 * The configuration in a parsed `config.json`. What is not set has its default, in which no third party occurs.
 * @throws ConfigError naming each wrong setting.
 */
export function parseNetConfig(value: unknown): NetConfig {
  const config = checked(configSchema, value);
  if ('problem' in config) {
    throw new ConfigError(`config.json is not right; whoever hosts this page has to correct it.\n${config.problem}`);
  }
  const { signalling, iceServers, ...limits } = config.data;
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
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    value = await response.json();
  } catch (error) {
    throw new ConfigError(
      `${address.pathname} could not be read (${error instanceof Error ? error.message : error}). Reload the page; if that does not help, whoever hosts it has to look.`,
    );
  }
  return parseNetConfig(value);
}
