import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createTestTerminal } from '../testing/terminal.ts';
import { runBlindjoin } from './program.ts';

async function output(...words: string[]): Promise<string> {
  const terminal = createTestTerminal('.');
  expect([await runBlindjoin(words, terminal), terminal.told]).toEqual([0, '']);
  return terminal.written;
}

/** Commands and their options as the help shows them. */
async function helpOf(command?: string): Promise<{ commands: string[]; options: string[] }> {
  const help = await output(...(command ? [command, '--help'] : ['--help']));
  return {
    commands: [...help.matchAll(/^ {2}([a-z-]+)(?:\|[a-z-]+)? (?=.* {2})/gm)].map(([, name]) => name ?? ''),
    options: [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name ?? ''),
  };
}

/** What bash offers for the last of the words. */
function offered(script: string, ...words: string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const test = `${script}\nCOMP_WORDS=(blindjoin ${line}); COMP_CWORD=${words.length}; _blindjoin; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', test], { encoding: 'utf8', cwd: '/' })
    .split('\n')
    .filter((word) => word !== '');
}

describe('completion', () => {
  it('offers bash all commands, their options, and values where there are only some', async () => {
    const script = await output('completion', 'bash');
    const { commands } = await helpOf();
    for (const name of commands.filter((command) => command !== 'help')) {
      expect(offered(script, '')).toContain(name);
      const { options } = await helpOf(name);
      expect([name, offered(script, name, '--')]).toEqual([name, expect.arrayContaining(options)]);
    }
    expect(offered(script, 'li')).toEqual(['link']);
    expect(offered(script, 'link', '--type', 'm')).toEqual(['mapping']);
    expect(offered(script, '-v', 'completion', 'z')).toEqual(['zsh']);
    expect(offered(script, 'block', '--metaphone', '')).toEqual(['metaphone', 'abydos']);
    expect(offered(script, 'hash', '/et')).toContain('/etc');
  });

  it.each(['zsh', 'fish'])('knows the same words in %s', async (shell) => {
    const script = await output('completion', shell);
    const { commands } = await helpOf();
    for (const name of commands.filter((command) => command !== 'help')) {
      expect(script).toContain(name);
      for (const option of (await helpOf(name)).options) expect(script).toContain(option.slice(2));
    }
  });

  it('is refused for shells that are not known', async () => {
    const terminal = createTestTerminal('.');
    expect(await runBlindjoin(['completion', 'sh'], terminal)).toBe(2);
    expect(terminal.told).toContain('bash, zsh, fish');
  });
});

it('has a manual page with every command and option', async () => {
  const page = await output('man');
  expect(page).toMatch(/^\.TH BLINDJOIN 1/);
  const { commands } = await helpOf();
  for (const name of commands.filter((command) => command !== 'help')) {
    const section = page
      .split(/^\.S[SH] /m)
      .find((part) => part.startsWith(`blindjoin ${name.replaceAll('-', '\\-')} `));
    for (const option of (await helpOf(name)).options)
      expect([name, section]).toEqual([name, expect.stringContaining(option.replaceAll('-', '\\-'))]);
  }
  // Lines that begin with a dot are requests; these are those that are meant.
  expect(
    page.match(/^\.\w+/gm)?.filter((request) => !['.TH', '.SH', '.SS', '.TP', '.B', '.I'].includes(request)),
  ).toEqual([]);
});
