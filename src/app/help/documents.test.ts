import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DOCUMENT_NAMES, DOCUMENTS, linkTarget } from './documents.ts';

it('every document is there, and links between them lead to pages of the app', () => {
  for (const name of DOCUMENT_NAMES) expect(existsSync(DOCUMENTS[name].path), name).toBe(true);
  expect(linkTarget('../SECURITY.md', 'docs/protocol.md')).toBe('#/help?doc=security');
  expect(linkTarget('docs/protocol.md#rounds', 'SECURITY.md')).toBe('#/help?doc=protocol');
  expect(linkTarget('https://example.org/x', 'SECURITY.md')).toBe('https://example.org/x');
  expect(linkTarget('decisions/0024-made-ahead.md', 'docs/protocol.md')).toBeUndefined();
  expect(linkTarget('#rounds', 'docs/protocol.md')).toBeUndefined();
});
