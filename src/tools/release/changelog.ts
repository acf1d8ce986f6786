/** What `npm run release` does to CHANGELOG.md. */

const UNRELEASED = '## Unreleased';

/** Where a release cannot be cut. The message says what to do. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}

/**
 * The changelog with what is unreleased under a heading of its own, and nothing unreleased above it.
 * @param date `2026-11-30`
 * @throws ReleaseError where nothing is unreleased, or the version has been cut already
 */
export function cutChangelog(changelog: string, version: string, date: string): string {
  const lines = changelog.split('\n');
  const at = lines.indexOf(UNRELEASED);
  if (at < 0) throw new ReleaseError(`CHANGELOG.md has no heading "${UNRELEASED}": add it above what has changed.`);
  if (lines.some((line) => line === `## ${version}` || line.startsWith(`## ${version} `))) {
    throw new ReleaseError(`CHANGELOG.md has a section for ${version} already: choose the next version.`);
  }
  const next = lines.findIndex((line, i) => i > at && line.startsWith('## '));
  const changes = lines.slice(at + 1, next < 0 ? lines.length : next);
  if (!changes.some((line) => line.startsWith('- '))) {
    throw new ReleaseError('CHANGELOG.md says of no change since the last version: write what has changed first.');
  }
  return [...lines.slice(0, at + 1), '', `## ${version} - ${date}`, ...lines.slice(at + 1)].join('\n');
}

/**
 * Refuses a version that does not come after the current one. Both are three whole numbers.
 * @throws ReleaseError
 */
export function checkVersion(version: string, current: string): void {
  if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version)) {
    throw new ReleaseError(`Write the version as three whole numbers, such as 1.4.0; not "${version}".`);
  }
  const numbers = (text: string) => text.split('.').map(Number);
  const [next, now] = [numbers(version), numbers(current)];
  const differs = next.findIndex((number, i) => number !== now[i]);
  if (differs < 0 || (next[differs] as number) < (now[differs] as number)) {
    throw new ReleaseError(`${version} does not come after ${current}.`);
  }
}
