import { describe, expect, it } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { meet, parties } from '../../testing/two-parties.ts';
import type { Party } from './party.ts';

const saved = (all: ReturnType<typeof parties>, text: string) =>
  eventually(async () => expect(JSON.stringify((await all.kept.get('page/draft')).body)).toContain(text));

/** Has the kept file come only when the function that this gives is called. */
function slowDisk({ kept }: ReturnType<typeof parties>): () => void {
  const getFile = kept.getFile.bind(kept);
  let read = () => {};
  const asked = new Promise<void>((resolve) => {
    read = resolve;
  });
  kept.getFile = () => asked.then(getFile);
  return read;
}

/** What the person has said. */
function said(party: Party) {
  const { step, uses, payloads, rules, study, hideGroups, showMatchesFirst, cleaning } = party.getSnapshot();
  return { step, uses, payloads, rules, study, hideGroups, showMatchesFirst, cleaning };
}

describe('a page that is reloaded before the run', () => {
  it('has its file and every choice again, and looks through the file anew', async () => {
    const all = parties();
    await all.owner.loadFile(new File(['x'], 'people.csv'));
    await eventually(() => expect(all.owner.getSnapshot().groups[1]?.kind).toBe('ready'));
    all.owner.setPayload(2, { maximum: 77 });
    all.owner.goTo(2);
    all.owner.setRules({ minimumGroupSize: 7 });
    await eventually(() => expect(all.owner.getSnapshot().payloads[2]?.missing).toBe(0));
    all.owner.setStudy({ title: 'Falls in the elderly' });
    await saved(all, 'Falls in the elderly');

    const reloaded = all.reloadOwner();
    await reloaded.arrive(undefined);
    expect(reloaded.getSnapshot()).toMatchObject({ file: { kind: 'ready' }, run: { kind: 'idle' }, room: undefined });
    expect(said(reloaded)).toEqual(said(all.owner));
    expect(reloaded.getSnapshot().groups[1]?.kind).toBe('ready');
    expect(reloaded.getSnapshot().ledger).toMatchObject({ kind: 'ready' });
    reloaded.goTo(3);
    expect(reloaded.getSnapshot()).toMatchObject({ step: 3, missing: [] });
  });

  it('lets nobody do anything until all is back, and nothing that came later is overwritten', async () => {
    const all = parties();
    await all.owner.loadFile(new File(['x'], 'people.csv'));
    all.owner.goTo(2);
    all.owner.setStudy({ title: 'Falls in the elderly' });
    await eventually(() => expect(all.owner.getSnapshot().draftKept).toBe(true));
    expect(JSON.stringify((await all.kept.get('page/draft')).body)).toContain('Falls in the elderly');
    all.owner.setStudy({ title: 'Another' });
    expect(all.owner.getSnapshot().draftKept).toBe(false);
    await saved(all, 'Another');

    const read = slowDisk(all);
    const reloaded = all.reloadOwner();
    const arrived = reloaded.arrive(undefined);
    expect(reloaded.getSnapshot().returning).toBe(true);
    reloaded.goTo(1);
    expect(reloaded.getSnapshot()).toMatchObject({ step: 0, missing: [] });
    // A file that is handed in all the same is read when the other is back, and stays.
    const opened = reloaded.loadFile(new File(['x'], 'others.csv'));
    read();
    await Promise.all([arrived, opened]);
    expect(reloaded.getSnapshot()).toMatchObject({
      returning: false,
      study: { title: 'Another' },
      file: { kind: 'ready' },
    });
    await eventually(async () => expect((await all.kept.getFile()).name).toBe('others.csv'));
  });

  it('waits no longer than the person does: what comes then changes nothing', async () => {
    const all = parties();
    await all.owner.loadFile(new File(['x'], 'people.csv'));
    all.owner.setStudy({ title: 'Falls in the elderly' });
    await saved(all, 'Falls in the elderly');
    const read = slowDisk(all);
    const reloaded = all.reloadOwner();
    const arrived = reloaded.arrive(undefined);
    reloaded.returnWithout();
    expect(reloaded.getSnapshot().returning).toBe(false);
    reloaded.setStudy({ title: 'Mine' });
    read();
    await arrived;
    expect(reloaded.getSnapshot()).toMatchObject({ study: { title: 'Mine' }, file: { kind: 'none' } });
  });

  it('comes back into its room and says its terms anew', async () => {
    const all = parties();
    await meet(all);
    await saved(all, '"met"');
    const before = all.owner.getSnapshot().negotiation?.terms;
    const reloaded = all.reloadOwner();
    await reloaded.arrive(undefined);
    await eventually(() => expect(reloaded.getSnapshot().negotiation?.terms).toBeDefined());
    const { nonce, ...terms } = reloaded.getSnapshot().negotiation?.terms ?? { nonce: '' };
    expect(terms).toEqual({ ...before, nonce: undefined, keys: expect.anything() });
    expect(nonce).not.toBe(before?.nonce);
    expect(reloaded.getSnapshot()).toMatchObject({ step: 3, agreementSent: true, run: { kind: 'idle' } });
  });

  it('is told the terms though the owner was at work on some when it was reloaded, and shows no earlier agreement', async () => {
    const all = parties();
    let suggest = () => {};
    await meet(all);
    all.work.suggesting = new Promise((resolve) => {
      suggest = resolve;
    });
    all.owner.goTo(2);
    all.owner.setRules({ keys: 'p-sig' });
    all.owner.goTo(3);
    const page = all.reloadResearcher();
    await eventually(() => expect(all.owner.getSnapshot().negotiation?.list).toBeUndefined());
    suggest();
    expect(await page.receive()).toMatchObject({ kind: 'terms' });
    expect(all.owner.getSnapshot().negotiation?.agreement).toBeUndefined();
  });

  it('has said as many lists as before: more than a room takes end it, with the reason on both sides', async () => {
    const all = parties();
    await meet(all);
    const { list } = all.owner.getSnapshot().negotiation?.agreement ?? {};
    const reload = async () => {
      const page = all.reloadResearcher();
      for (let listRows = 1; listRows <= 15; listRows++) {
        await page.send({ kind: 'list', body: { list: { ...list, listRows } } as never, blobs: [] });
      }
      return page;
    };
    await reload();
    await eventually(() => expect(all.owner.getSnapshot().negotiation?.list?.listRows).toBe(15));
    const page = await reload();
    const reason = 'the researcher has offered a list 30 times in this room';
    await eventually(() =>
      expect(all.owner.getSnapshot().run).toMatchObject({ ending: { message: expect.stringContaining(reason) } }),
    );
    const hear = async () => {
      for (;;) await page.receive();
    };
    await expect(hear()).rejects.toThrow(reason);
  });

  it('keeps what is decided until then from the moment that there is a room, without a file', async () => {
    const all = parties();
    void all.owner.createRoom();
    await saved(all, '"room"');
    const reloaded = all.reloadOwner();
    await reloaded.arrive(undefined);
    await eventually(() => expect(reloaded.getSnapshot().room).toBeDefined());
    expect(reloaded.getSnapshot().file.kind).toBe('none');
  });

  it('keeps nothing of what has ended, and all of it once the person starts again', async () => {
    const all = parties();
    await meet(all);
    await all.owner.decline();
    await eventually(() => expect(all.kept.discarded).toBe(true));
    all.kept.discarded = false;
    all.owner.startAgain();
    all.owner.setRules({ minimumGroupSize: 9 });
    await saved(all, '"minimumGroupSize":9');
    const reloaded = all.reloadOwner();
    await reloaded.arrive(undefined);
    expect(reloaded.getSnapshot()).toMatchObject({ step: 3, file: { kind: 'ready' }, room: undefined });
  });
});
