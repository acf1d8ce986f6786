/** What docs/hosting gives to Docker: images cannot be built in a test, but that what they name is there can be seen. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));
const hosting = join(root, 'docs/hosting');
const read = (file: string) => readFileSync(file, 'utf8');
const files = readdirSync(hosting);

/** What `npm run build` makes: folders, and the file that each is entered by. */
const built = new Map<string, string | undefined>([['dist', undefined]]);
for (const [, config = ''] of packageJson.scripts.build.matchAll(/vite build -c (\S+)/g)) {
  const text = read(join(root, config));
  const [, folder = ''] = /outDir: '([^']+)'/.exec(text) ?? [];
  built.set(folder, /entryFileNames: '([^']+)'/.exec(text)?.[1]);
}

describe.each(files.filter((file) => file.endsWith('Dockerfile')))('%s', (file) => {
  const text = read(join(hosting, file));

  it('copies what the build makes, and starts a file of it', () => {
    expect(text).toContain('npm run build');
    const copied = [...text.matchAll(/^COPY --from=build \/build\/(\S+) (\S+)$/gm)];
    expect(copied.length).toBeGreaterThan(0);
    for (const [, from = '', to] of copied) expect([...built.keys(), to]).toContain(from);
    const [, program = ''] = /^CMD \["node",(?: "--[^"]+",)* "([^"]+)"/m.exec(text) ?? [];
    expect(copied.map(([, , to]) => to)).toContain(dirname(program));
    expect(program).toBe(join(dirname(program), built.get(dirname(program)) ?? ''));
  });

  it('runs as a user without rights, on a Node that the package supports', () => {
    expect(text).toMatch(/^USER node$/m);
    const major = /\d+/.exec(packageJson.engines.node)?.[0];
    for (const [, image] of text.matchAll(/^FROM (\S+)/gm)) expect(image).toBe(`node:${major}-slim`);
  });

  it('takes neither packages nor what was built outside into the image', () => {
    const ignored = read(join(hosting, `${file}.dockerignore`)).split('\n');
    for (const folder of ['node_modules', '.git', 'dist']) expect(ignored).toContain(folder);
    for (const folder of built.keys())
      if (folder !== 'dist') expect(ignored.some((line) => line === folder || line === 'dist-*')).toBe(true);
  });
});

describe.each(files.filter((file) => file.endsWith('compose.yaml')))('%s', (file) => {
  const text = read(join(hosting, file));

  it('names folders and files that are there', () => {
    const contexts = [...text.matchAll(/context: (\S+)\n\s+dockerfile: (\S+)/g)];
    expect(contexts.length).toBeGreaterThan(0);
    for (const [, context = '', dockerfile = ''] of contexts) {
      expect(resolve(hosting, context)).toBe(resolve(root));
      expect([dockerfile, existsSync(resolve(hosting, context, dockerfile))]).toEqual([dockerfile, true]);
    }
    for (const [, mounted = ''] of text.matchAll(/- (\.\/[^:\s]+):/g)) {
      expect([mounted, existsSync(resolve(hosting, mounted))]).toEqual([mounted, true]);
    }
  });

  it('gives its services no rights that they do not need', () => {
    const ours = text.split(/\n(?= {2}\S+:\n)/).filter((service) => service.includes('dockerfile:'));
    for (const service of ours) expect(service).toMatch(/read_only: true[\s\S]*cap_drop: \[ALL\]/);
  });
});

it('the compose file of a queue gives workers the names that they look for', () => {
  const text = read(join(hosting, 'queue.compose.yaml'));
  const [, password] = /'--requirepass', '([^']+)'/.exec(text) ?? [];
  expect(text).toContain(`BLINDJOIN_QUEUE_PASSWORD: ${password}`);
  const [, service = ''] = /BLINDJOIN_QUEUE: redis:\/\/([^:\s]+):6379/.exec(text) ?? [];
  expect(text).toMatch(new RegExp(`^ {2}${service}:\n {4}image: valkey/`, 'm'));
  expect(text).toMatch(/replicas: 3/);
});
