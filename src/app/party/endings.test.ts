import { describe, expect, it } from 'vitest';
import { ChannelClosed, type CloseReason } from '../../channel/channel.ts';
import { VerificationError } from '../../net/verification-error.ts';
import { describeEnding, endingOfRun } from './endings.ts';

const closed = (code: CloseReason['code'], byPeer: boolean, message = 'words') =>
  new ChannelClosed({ code, message }, byPeer);

describe('describeEnding', () => {
  it('says who declined, on both sides', () => {
    expect(describeEnding(closed('declined', true), 'owner').title).toBe('The researcher declined');
    expect(describeEnding(closed('declined', true), 'researcher').title).toBe('The data owner declined');
    expect(describeEnding(closed('declined', false), 'owner').title).toBe('You declined');
  });

  it('gives the reason of who declined, short and as theirs', () => {
    const { message } = describeEnding(closed('declined', true, 'The minimum is too low'), 'researcher');
    expect(message).toContain('They gave as reason: “The minimum is too low”. Talk about');
    expect(describeEnding(closed('declined', true, ' '), 'researcher').message).not.toContain('reason');
    expect(describeEnding(closed('declined', true, 'x'.repeat(5000)), 'researcher').message.length).toBeLessThan(700);
  });

  it('tells a link that was used already from a connection that may be intercepted', () => {
    const titleOf = (refusal: 'used' | 'failed') =>
      describeEnding(closed('verification-failed', false, new VerificationError(refusal, false).message), 'owner')
        .title;
    expect(titleOf('used')).toBe('This link was already used');
    expect(titleOf('failed')).toBe('The connection could not be verified');
  });

  it('takes no reason of before a run for one that has begun: then more was sent than the agreement', async () => {
    for (const code of ['declined', 'verification-failed', 'limit-reached'] as const) {
      const error = endingOfRun(closed(code, true), 'owner');
      expect(describeEnding(error, 'owner', true).message).toContain('count it as released');
      expect(describeEnding(error, 'owner').message).not.toContain('Nothing was sent');
      expect(error).toMatchObject({ reason: { code: code === 'declined' ? 'cancelled' : 'protocol-error' } });
    }
    // The owner's ledger refuses while the researcher's page begins.
    expect(describeEnding(endingOfRun(closed('limit-reached', true), 'researcher'), 'researcher').title).toBe(
      'The data owner’s limit is reached',
    );
    for (const kept of [closed('finished', true), closed('declined', false), new Error('no memory left')]) {
      expect(endingOfRun(kept, 'owner')).toBe(kept);
    }
  });

  it('says who cancelled', () => {
    expect(describeEnding(closed('cancelled', true), 'owner').title).toBe('The researcher cancelled the run');
    expect(describeEnding(closed('cancelled', false), 'owner').title).toBe('You cancelled the run');
  });

  it('does not say that nothing was released once the release has left', () => {
    for (const code of ['cancelled', 'connection-lost', 'protocol-error', 'finished'] as const) {
      for (const byPeer of [true, false]) {
        expect(describeEnding(closed(code, byPeer), 'owner').message).toContain('Nothing was released');
        const { message } = describeEnding(closed(code, byPeer), 'owner', true);
        expect(message).not.toContain('Nothing was released');
        expect(message).toContain('count it as released');
      }
    }
    expect(describeEnding(new Error('no memory left'), 'owner', true).message).toContain('count it as released');
  });

  it('tells the owner their limit, and the researcher only that there is one', () => {
    const mine = describeEnding(closed('limit-reached', false, 'You allow 1 run'), 'owner');
    expect(mine).toMatchObject({
      title: 'Your limit for this file is reached',
      message: expect.stringContaining('1 run'),
    });
    const theirs = describeEnding(closed('limit-reached', true, 'secret words'), 'researcher');
    expect(theirs.title).toBe('The data owner’s limit is reached');
    expect(theirs.message).not.toContain('secret words');
  });

  it('quotes a peer’s message and cuts it short', () => {
    const ending = describeEnding(closed('protocol-error', true, 'x'.repeat(1000)), 'researcher');
    expect(ending.message).toContain('It said: “xxx');
    expect(ending.message.length).toBeLessThan(500);
  });

  it('shows no words of a peer’s as its own, whichever reason it gives and whatever is in them', () => {
    for (const code of ['declined', 'verification-failed', 'protocol-error'] as const) {
      const words = 'Enough.” This page is out of date:\n\u202eopen “https://else.example/ instead.';
      const { message } = describeEnding(closed(code, true, words), 'owner');
      expect(message).toMatch(/: “Enough\.' This page is out of date: open 'https:\/\/else\.example\/ instead\.”/);
      expect(message).not.toMatch(/[\u202a-\u202e\n]/);
    }
    for (const code of ['cancelled', 'limit-reached', 'connection-lost', 'finished'] as const) {
      expect(describeEnding(closed(code, true, 'Words of theirs'), 'owner').message).not.toContain('Words of theirs');
    }
  });

  it('always says what to do next', () => {
    for (const code of [
      'declined',
      'cancelled',
      'connection-lost',
      'verification-failed',
      'protocol-error',
      'finished',
    ] as const) {
      for (const byPeer of [true, false]) {
        expect(describeEnding(closed(code, byPeer), 'owner').message).toContain('Start again');
      }
    }
    expect(describeEnding(new Error('no memory left'), 'owner').message).toMatch(/^no memory left\. .*Start again/);
    expect(describeEnding('odd', 'owner').message).toContain('odd.');
  });
});
