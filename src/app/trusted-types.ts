/**
 * The page's one Trusted Types policy: with it, the Content-Security-Policy turns every other string that would become
 * code into an error. Scripts come from this origin; the only text that is set as HTML is a style sheet's, without markup.
 */

/**
 * The address, if it is one of `origin`.
 * @throws TypeError otherwise
 */
export function ownScript(address: string, base: string): string {
  const { origin } = new URL(base);
  if (new URL(address, base).origin !== origin)
    throw new TypeError(`A script of another origin was refused: ${address}`);
  return address;
}

/**
 * The text, if it holds no markup.
 * @throws TypeError otherwise
 */
export function plainText(text: string): string {
  if (text.includes('<')) throw new TypeError('Text with markup was refused.');
  return text;
}

interface TrustedTypes {
  createPolicy(name: string, rules: Readonly<Record<string, (text: string) => string>>): unknown;
}

/** To be called before anything else. Does nothing where the browser knows no Trusted Types. */
export function installTrustedTypes(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL: (address) => ownScript(address, location.href),
    createHTML: plainText,
  });
}
