import { afterEach, expect, it } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { CHECKED, meet, parties } from '../../testing/two-parties.ts';
import { speak } from '../../words/translate.ts';

const GERMAN = {
  [CHECKED]: '{{name}} geprüft.',
  'Choose the CSV file with your rows first.': 'Zuerst die Datei.',
};

afterEach(() => speak('en', {}));

it('says anew what was found in the file, and leaves what was chosen', async () => {
  const { owner } = parties();
  await owner.loadFile(new File(['x'], 'people.csv'));
  owner.setUse(1, 'ignore');
  await eventually(() => expect(owner.getSnapshot().matchProblems).toMatchObject([{ message: 'Checked surname.' }]));
  speak('de', GERMAN);
  await eventually(() => expect(owner.getSnapshot().matchProblems).toMatchObject([{ message: 'surname geprüft.' }]));
  expect(owner.getSnapshot()).toMatchObject({ uses: ['name', 'ignore', 'average'], file: { kind: 'ready' } });
  owner.dispose();
});

it('says anew what a step still lacks', () => {
  const { owner, researcher } = parties();
  owner.next();
  expect(owner.getSnapshot().missing).toEqual(['Choose the CSV file with your rows first.']);
  speak('de', GERMAN);
  expect([owner, researcher].map((party) => party.getSnapshot().missing)).toEqual([['Zuerst die Datei.'], []]);
});

it('leaves a run alone, and a page that is gone', async () => {
  const all = parties();
  await meet(all);
  all.run.researcherBegins = new Promise(() => {});
  await all.owner.accept();
  await all.researcher.accept();
  await eventually(() => expect(all.researcher.getSnapshot().run.kind).toBe('running'));
  all.owner.dispose();
  const files = () => [all.owner, all.researcher].map((party) => party.getSnapshot().file);
  const before = files();
  speak('de', GERMAN);
  await new Promise((resolve) => setTimeout(resolve));
  expect(files()).toEqual(before);
  expect(files().map((file, side) => file === before[side])).toEqual([true, true]);
});
