import { describe, expect, it } from 'vitest';
import { checkVersion, cutChangelog } from './changelog.ts';

const BEFORE = '# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0 - 2026-01-02\n\n- The first.\n';

describe('the changelog', () => {
  it('keeps what is unreleased under the new version, and nothing above it', () => {
    expect(cutChangelog(BEFORE, '0.2.0', '2026-11-30')).toBe(
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-11-30\n\n### Added\n\n- A thing.\n\n## 0.1.0 - 2026-01-02\n\n- The first.\n',
    );
  });

  it.each([
    ['without the heading', BEFORE.replace('## Unreleased', '## Next'), 'has no heading'],
    ['without a change', BEFORE.replace('- A thing.\n', ''), 'no change since'],
    ['with the version', BEFORE.replace('0.1.0', '0.2.0'), 'already'],
  ])('%s is refused', (_what, changelog, message) => {
    expect(() => cutChangelog(changelog, '0.2.0', '2026-11-30')).toThrow(message);
  });
});

it.each([
  ['0.2.1', '0.2.0'],
  ['0.10.0', '0.9.9'],
  ['1.0.0', '0.99.0'],
])('%s comes after %s', (version, current) => {
  expect(() => checkVersion(version, current)).not.toThrow();
});

it.each([
  ['0.2.0', '0.2.0'],
  ['0.1.9', '0.2.0'],
  ['v1.0.0', '0.2.0'],
  ['1.0', '0.2.0'],
  ['01.0.0', '0.2.0'],
])('%s is refused after %s', (version, current) => {
  expect(() => checkVersion(version, current)).toThrow();
});
