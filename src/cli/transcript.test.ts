import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestTerminal } from '../testing/terminal.ts';
import { hasVectors, readVectors } from '../testing/vectors.ts';
import { runBlindjoin } from './program.ts';

interface Entry {
  readonly args: string[];
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly files_written: Record<string, { json?: unknown; text?: string }>;
}

/** Indentation of the files that anonlink-client writes. */
const INDENT: Readonly<Record<string, number>> = { block: 4, 'find-similarity': 4 };

/** Where standard error is the same, word for word. */
const SAME_WORDS = ['written to', 'schema is valid'];

/** Groups in one order: anonlink gives them in none. */
function sortedGroups(groups: unknown): string[] {
  if (!Array.isArray(groups)) throw new Error('not a list of groups');
  return groups.map((group: unknown[]) => JSON.stringify(group.map((record) => JSON.stringify(record)).sort())).sort();
}

const folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasVectors)('what anonlink-client does', () => {
  const transcript: { files: Record<string, string>; commands: Entry[] } = hasVectors
    ? readVectors('cli/transcript.json')
    : { files: {}, commands: [] };
  for (const [name, text] of Object.entries(transcript.files)) writeFileSync(join(folder, name), text);

  it.each(transcript.commands.map((entry, i) => [i, entry.args.join(' '), entry] as const))(
    '%i: %s',
    async (_, __, entry) => {
      const terminal = createTestTerminal(folder);
      const before = new Set(readdirSync(folder));
      const exit = await runBlindjoin(entry.args, terminal);
      if (entry.args[0] === 'hash') {
        // There a name of the past that does nothing; here the command itself.
        expect(exit).toBe(0);
        expect(readFileSync(join(folder, 'z.json'), 'utf8')).toBe(readFileSync(join(folder, 'clk_a.json'), 'utf8'));
        return;
      }
      expect(exit).toBe(entry.exit);
      expect(terminal.written).toBe(entry.stdout);
      if (SAME_WORDS.some((words) => entry.stderr.includes(words))) expect(terminal.told).toBe(entry.stderr);
      // Here statistics are told without -v too, where they do not disturb standard output.
      else if (entry.args[0] === 'block' && entry.exit === 0) {
        expect(terminal.told.startsWith('Statistics for')).toBe(!entry.args.includes('-v'));
      } else expect(terminal.told === '').toBe(entry.stderr === '');
      const made = readdirSync(folder).filter((name) => !before.has(name));
      expect(made).toEqual(Object.keys(entry.files_written).sort());
      for (const [name, { json }] of Object.entries(entry.files_written)) {
        const text = readFileSync(join(folder, name), 'utf8');
        const read: unknown = JSON.parse(text);
        if (entry.args[0] === 'find-similarity') {
          expect(sortedGroups(read)).toEqual(sortedGroups(json));
          continue;
        }
        expect(JSON.stringify(read)).toBe(JSON.stringify(json));
        const indent = INDENT[entry.args[0] ?? ''] ?? 0;
        expect(text.split('\n').length > 1).toBe(indent > 0);
      }
    },
  );
});
