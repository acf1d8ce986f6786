import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findChromium, nodeIsNewEnough, requireNode } from './machine.ts';

describe('Node', () => {
  it.each([
    ['20.19.0', true],
    ['24.0.1', true],
    ['20.18.9', false],
    ['18.20.0', false],
  ])('%s: %s', (version, expected) => expect(nodeIsNewEnough(version)).toBe(expected));

  it('that runs the tests is new enough', () => expect(requireNode).not.toThrow());
});

it('a Chromium that is found is there', () => {
  const path = findChromium();
  if (path !== undefined) expect(existsSync(path)).toBe(true);
});
