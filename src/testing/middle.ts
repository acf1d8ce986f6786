/**
 * Somebody in the middle who knows no secret, for tests: a Chromium page with a certificate of its own and a connection to
 * either page, which passes on whatever comes and keeps a copy. The descriptions it hands out carry the fingerprint of the
 * honest page, and lines that name its own certificate in another way: see `added-lines.ts`.
 */
import { createHash } from 'node:crypto';
import { type Browser, chromium, type Page } from 'playwright';
import { chromiumArgs, findChromium } from '../machine/machine.ts';
import { ADDED_LINES } from './added-lines.ts';

declare global {
  interface Window {
    legs: { opener: RTCPeerConnection; creator: RTCPeerConnection };
    certificate: RTCCertificate;
    seen: Uint8Array[];
  }
}

export class Middle {
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #der: Buffer;

  private constructor(browser: Browser, page: Page, der: Buffer) {
    this.#browser = browser;
    this.#page = page;
    this.#der = der;
  }

  static async start(): Promise<Middle> {
    const executablePath = findChromium();
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: [...chromiumArgs, '--disable-features=WebRtcHideLocalIpsWithMdns'],
    });
    const page = await browser.newPage();
    // The compiler that runs this file names functions by a helper, which a page lacks.
    await page.evaluate('globalThis.__name = (named) => named');
    return new Middle(browser, page, Buffer.from(await page.evaluate(makeCertificate), 'base64'));
  }

  /** Takes an opener's offer; gives the offer to pass on to the creator. */
  offer(sdp: string, variant: string): Promise<string> {
    return this.#turn(sdp, variant, takeOffer);
  }

  /** Takes the creator's answer; gives the answer to pass on to the opener. */
  answer(sdp: string, variant: string): Promise<string> {
    return this.#turn(sdp, variant, takeAnswer);
  }

  candidate(leg: 'opener' | 'creator', candidate: RTCIceCandidateInit): Promise<void> {
    return this.#page.evaluate(async ({ at, init }) => window.legs[at].addIceCandidate(init).catch(() => {}), {
      at: leg,
      init: candidate,
    });
  }

  /** Everything that passed through since the last offer: one string of Latin-1 a frame. */
  seen(): Promise<string[]> {
    return this.#page.evaluate(() =>
      window.seen.map((frame) => frame.reduce((text, byte) => text + String.fromCharCode(byte), '')),
    );
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  async #turn(sdp: string, variant: string, take: (sdp: string) => Promise<string>): Promise<string> {
    const honest = /^a=fingerprint:(.*?)\s*$/m.exec(sdp)?.[1] ?? '';
    const lines = ADDED_LINES[variant];
    if (lines === undefined) throw new Error(`no variant ${variant}`);
    const { session, media } = lines(honest, (hash) => {
      const digits = createHash(hash.replace('-', '')).update(this.#der).digest('hex').toUpperCase();
      return `${hash} ${(digits.match(/../g) ?? []).join(':')}`;
    });
    const own = (await this.#page.evaluate(take, sdp))
      .split('\r\n')
      .filter((each) => !each.startsWith('a=fingerprint'));
    const at = own.findIndex((each) => each.startsWith('m='));
    return [...own.slice(0, at), ...session, ...own.slice(at, -1), ...media, ''].join('\r\n');
  }
}

/** In the page: a certificate, kept there; its DER in base64, as another connection of the page sees it. */
async function makeCertificate(): Promise<string> {
  window.certificate = await RTCPeerConnection.generateCertificate({
    name: 'ECDSA',
    namedCurve: 'P-256',
  } as EcKeyGenParams);
  const own = new RTCPeerConnection({ certificates: [window.certificate] });
  const other = new RTCPeerConnection();
  own.onicecandidate = ({ candidate }) => candidate && other.addIceCandidate(candidate);
  other.onicecandidate = ({ candidate }) => candidate && own.addIceCandidate(candidate);
  const channel = own.createDataChannel('');
  const open = new Promise((resolve) => {
    channel.onopen = resolve;
  });
  await own.setLocalDescription();
  await other.setRemoteDescription(own.localDescription as RTCSessionDescription);
  await other.setLocalDescription();
  await own.setRemoteDescription(other.localDescription as RTCSessionDescription);
  await open;
  const [der] = other.sctp?.transport.getRemoteCertificates() ?? [];
  own.close();
  other.close();
  return btoa(String.fromCharCode(...new Uint8Array(der as ArrayBuffer)));
}

/** In the page. */
async function takeOffer(sdp: string): Promise<string> {
  const leg = () => new RTCPeerConnection({ certificates: [window.certificate] });
  const legs = { opener: leg(), creator: leg() };
  window.legs = legs;
  window.seen = [];
  const toCreator = legs.creator.createDataChannel(/a=label:(.*)/.exec(sdp)?.[1] ?? 'data', { ordered: true });
  toCreator.binaryType = 'arraybuffer';
  legs.opener.ondatachannel = ({ channel: toOpener }) => {
    toOpener.binaryType = 'arraybuffer';
    const relay = (from: RTCDataChannel, to: RTCDataChannel) => {
      const queue: ArrayBuffer[] = [];
      to.addEventListener('open', () => queue.splice(0).map((frame) => to.send(frame)));
      from.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        window.seen.push(new Uint8Array(data));
        if (to.readyState === 'open') to.send(data);
        else queue.push(data);
      };
      from.onclose = () => to.close();
    };
    relay(toOpener, toCreator);
    relay(toCreator, toOpener);
  };
  await legs.opener.setRemoteDescription({ type: 'offer', sdp });
  await legs.creator.setLocalDescription();
  while (legs.creator.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20));
  return legs.creator.localDescription?.sdp ?? '';
}

/** In the page. */
async function takeAnswer(sdp: string): Promise<string> {
  const { opener, creator } = window.legs;
  await creator.setRemoteDescription({ type: 'answer', sdp });
  await opener.setLocalDescription();
  while (opener.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20));
  return opener.localDescription?.sdp ?? '';
}
