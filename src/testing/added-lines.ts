/** How somebody in the middle may add their own certificate to a description that names an honest page's. */

interface Lines {
  readonly session: readonly string[];
  readonly media: readonly string[];
}

type NameCertificate = (hash: string) => string;

const line = (text: string) => `a=fingerprint:${text}`;

/** By variant: the lines of a description, from the honest page's fingerprint and the names of the middle's certificate. */
export const ADDED_LINES: Readonly<Record<string, (honest: string, mine: NameCertificate) => Lines>> = {
  'sha-1 after': (honest, mine) => ({ session: [], media: [line(honest), line(mine('sha-1'))] }),
  'sha-1 before': (honest, mine) => ({ session: [], media: [line(mine('sha-1')), line(honest)] }),
  'sha-224': (honest, mine) => ({ session: [], media: [line(honest), line(mine('sha-224'))] }),
  'a second sha-256': (honest, mine) => ({ session: [], media: [line(honest), line(mine('sha-256'))] }),
  'sha-512': (honest, mine) => ({ session: [], media: [line(honest), line(mine('sha-512'))] }),
  'upper case': (honest, mine) => ({ session: [], media: [line(honest), line(mine('sha-1').toUpperCase())] }),
  'upper case attribute': (honest, mine) => ({
    session: [],
    media: [line(honest), line(mine('sha-1')).replace('a=fingerprint', 'a=FINGERPRINT')],
  }),
  'another blank': (honest, mine) => ({
    session: [],
    media: [line(honest), line(mine('sha-256')).replace('sha-256 ', 'sha-256  ')],
  }),
  'a leading blank': (honest, mine) => ({ session: [], media: [line(honest), line(` ${mine('sha-256')}`)] }),
  'at session level': (honest, mine) => ({ session: [line(mine('sha-1'))], media: [line(honest)] }),
  'sha-256 at session level': (honest, mine) => ({ session: [line(mine('sha-256'))], media: [line(honest)] }),
  'at media level': (honest, mine) => ({ session: [line(honest)], media: [line(mine('sha-1'))] }),
  'both at session level': (honest, mine) => ({ session: [line(honest), line(mine('sha-1'))], media: [] }),
};
