/** A run kept over reloads. */
import type { Mutant } from './mutant.ts';

const kept = (name: string) => ({
  file: 'src/storage/kept-run.ts',
  test: { file: 'src/storage/kept-run.browser.test.ts', name },
});

const full = (name: string) => ({
  file: 'src/storage/fallback-store.ts',
  test: { file: 'src/storage/fallback-store.test.ts', name },
});

export const STORAGE_MUTANTS: readonly Mutant[] = [
  {
    ...kept('is stored without a row or a key in the clear, under a key that no script can read out'),
    name: 'records in the clear',
    before: 'bytes: await crypto.subtle.encrypt(this.#cipher(name, part, iv), this.#key, plain) };',
    after: 'bytes: plain.slice().buffer };',
    gives: 'Rows and keys lie in the database for other scripts and for whoever reads the disk',
  },
  {
    ...kept('cannot be read without the half of its key that goes with the tab'),
    name: "no half of the tab's",
    before: 'salt: base64urlnopad.decode(secret)',
    after: 'salt: new Uint8Array(32)',
    gives: 'What a closed tab left is readable by any page of this origin',
  },
  {
    ...kept('refuses a record that was put in the place of another'),
    name: 'records in the place of another',
    before: `additionalData: bytes(\`\${this.#id} \${name} \${part}\`)`,
    after: `additionalData: bytes(\`\${this.#id} \${part}\`)`,
    gives: 'Whoever writes to the database makes a page send what it kept for itself',
  },
  {
    ...kept('refuses a part that was put in the place of another'),
    name: 'parts in the place of another',
    before: `additionalData: bytes(\`\${this.#id} \${name} \${part}\`)`,
    after: `additionalData: bytes(\`\${this.#id} \${name}\`)`,
    gives: 'Whoever writes to the database mixes up what was kept',
  },
  {
    ...kept('leaves nothing when it is discarded, and keeps nothing from then on'),
    name: 'records of a discarded run',
    before: 'if (this.#discarded) return;',
    after: '',
    from: 'const sealed = { iv, bytes: await',
    gives: 'Keys and rows stay in the database after the run',
  },
  {
    ...kept('leaves nothing when it is discarded, and keeps nothing from then on'),
    name: 'a discarded run stays',
    before: 'await deleteRun(this.#database, this.#id);',
    after: '',
    from: 'async discard(): Promise<void> {',
    gives: 'Keys and rows stay in the database after the run',
  },
  {
    ...kept('is not given to a second page while the first goes on'),
    name: 'a run for two pages',
    before: 'const lock = tab && (await holdLock(tab.id, !elsewhere));',
    after: 'const lock = tab && { release: () => {} };',
    gives: 'A duplicated tab answers a second time',
  },
  {
    ...kept('is deleted where its tab shows another page'),
    name: 'a run shown on another page stays',
    before: 'if (lock) await deleteRun(database, tab.id);',
    after: '',
    gives: 'Keys and rows stay in the database',
  },
  {
    ...kept('that a closed tab left is deleted once nobody waits for it any more'),
    name: 'what closed tabs left stays',
    before: 'if (entry && entry.until < Date.now() && !(await isHeld(id))) await deleteRun(database, id);',
    after: '',
    gives: 'Keys and rows stay in the database for good',
  },
  {
    ...full('goes on in memory with all that was kept, and is no longer on disk for a reloaded page'),
    name: 'a run that has left the disk stays there',
    before: 'await this.#disk.discard().catch(() => {});',
    after: '',
    gives:
      'A reloaded page goes on from where it stood before the disk was full, and answers anew what it has answered',
  },
];
