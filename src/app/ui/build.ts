/** Which build of the code this page is, as its page says: SHA-256 in hex, as `npm run build` prints it; undefined in development. */
export function buildOfPage(): string | undefined {
  const said = document.querySelector<HTMLMetaElement>('meta[name="blindjoin-build"]')?.content ?? '';
  return /^[0-9a-f]{64}$/.test(said) ? said : undefined;
}
