/** What went wrong on the way to a service, by the codes that Node and its HTTP client give. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at this address',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ETIMEDOUT: 'no connection came about',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about',
  EHOSTUNREACH: 'there is no way to this host',
  ENETUNREACH: 'there is no way to this network',
  EPROTO: 'it does not speak HTTPS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak HTTPS',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by someone unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by someone unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by someone unknown',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function* causesOf(error: unknown): Generator<Error> {
  for (let at = error; at instanceof Error; at = at.cause) {
    yield at;
    if (at instanceof AggregateError) for (const one of at.errors) yield* causesOf(one);
  }
}

/** Why there is no answer, in words for people. */
export function networkReason(error: unknown): string {
  let last = String(error);
  for (const cause of causesOf(error)) {
    last = cause.message || last;
    const code = 'code' in cause ? String(cause.code) : '';
    const proxy = /Proxy response \((\d+)\)/.exec(cause.message)?.[1];
    if (proxy !== undefined) return `the proxy refuses to connect, with status ${proxy}`;
    if (WORDS[code] !== undefined) return WORDS[code];
  }
  return last;
}
