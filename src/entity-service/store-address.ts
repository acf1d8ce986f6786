/** Where an object store is. */
export interface StoreAddress {
  /** Host, and port where it is not the usual one. */
  readonly endpoint: string;
  /** Whether by https; absent where the service is to say so. */
  readonly secure?: boolean;
}

const HOST = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/** Reads `host`, `host:port`, `https://host` or `http://host:port`; undefined for anything else. */
export function readStoreAddress(text: string): StoreAddress | undefined {
  const [, scheme, endpoint = ''] = /^(?:(https?):\/\/)?(.*?)\/?$/i.exec(text.trim()) ?? [];
  if (!HOST.test(endpoint) || !URL.canParse(`http://${endpoint}`)) return undefined;
  return { endpoint, ...(scheme === undefined ? {} : { secure: scheme.toLowerCase() === 'https' }) };
}

/** Whether what is sent to a URL leaves this computer. */
export function leavesComputer(url: string): boolean {
  const { hostname } = new URL(url);
  return !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
