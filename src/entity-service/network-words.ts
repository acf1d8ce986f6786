import { message, t } from '../words/translate.ts';

/** What went wrong on the way to a service, by the codes that Node and its HTTP client give. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: message('nothing answers at this address'),
  ENOTFOUND: message('there is no host of this name'),
  EAI_AGAIN: message('the name could not be looked up'),
  ECONNRESET: message('the connection was cut'),
  EPIPE: message('the connection was cut'),
  UND_ERR_SOCKET: message('the connection was cut'),
  ETIMEDOUT: message('no connection came about'),
  UND_ERR_CONNECT_TIMEOUT: message('no connection came about'),
  EHOSTUNREACH: message('there is no way to this host'),
  ENETUNREACH: message('there is no way to this network'),
  EPROTO: message('it does not speak HTTPS'),
  ERR_SSL_WRONG_VERSION_NUMBER: message('it does not speak HTTPS'),
  DEPTH_ZERO_SELF_SIGNED_CERT: message('its certificate is signed by itself'),
  SELF_SIGNED_CERT_IN_CHAIN: message('its certificate is signed by someone unknown'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: message('its certificate is signed by someone unknown'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: message('its certificate is signed by someone unknown'),
  CERT_HAS_EXPIRED: message('its certificate has expired'),
  ERR_TLS_CERT_ALTNAME_INVALID: message('its certificate is for another name'),
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
    if (proxy !== undefined) return t('the proxy refuses to connect, with status {{status}}', { status: proxy });
    const words = WORDS[code];
    if (words !== undefined) return t(words);
  }
  return last;
}
