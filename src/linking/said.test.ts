import { afterEach, expect, it } from 'vitest';
import { LOST } from '../channel/ending.ts';
import { WorkerStopped } from '../threads/lifeline.ts';
import { i18n, speak } from '../words/translate.ts';
import { SAID, said, saidByPeer, saidWords } from './said.ts';
import { messageOf } from './unit-runs.ts';

afterEach(() => i18n.changeLanguage('en'));

it('is sent in English and shown in the language of the page, also where a sentence stands in another', () => {
  speak('de', {
    [SAID.withdrawn]: 'Stelle {{number}} zog ihre CLKs zurück.',
    [SAID.unreadable]: 'Nicht lesbar.',
    [SAID.unfitUnit]: 'Passt nicht: {{reason}}',
  });
  const sent = said(SAID.withdrawn, { number: 3 });
  expect(sent).toBe('Provider 3 took its CLKs back.');
  expect(saidWords(sent)).toBe('Stelle 3 zog ihre CLKs zurück.');
  expect(saidWords(said(SAID.unfitUnit, { reason: SAID.unreadable }))).toBe('Passt nicht: Nicht lesbar.');
});

it('says what a channel says at its end as well', () => {
  speak('de', { [LOST]: 'Die Verbindung ging verloren.' });
  expect(saidWords(LOST)).toBe('Die Verbindung ging verloren.');
});

it('tells other pages in English that a worker stopped', () => {
  const english = 'a worker stopped: the browser ended it. Reload the page and start again.';
  expect(messageOf(new WorkerStopped('ein Worker hat angehalten', english))).toBe(english);
  speak('de', { [SAID.workerStopped]: 'Ein Worker hielt an: {{why}}.', 'the browser ended it': 'vom Browser beendet' });
  expect(saidWords(english)).toBe('Ein Worker hielt an: vom Browser beendet.');
});

it('leaves what another page says in other words as it is, whatever stands in it', () => {
  speak('de', { [SAID.withdrawn]: 'Stelle {{number}} zog ihre CLKs zurück.' });
  for (const words of ['Provider 3 took its hat.', '{{number}} $t(Help)', '', 'constructor']) {
    expect(saidWords(words)).toBe(words);
  }
  expect(saidWords('Provider {{x}} $t(Help) took its CLKs back.')).toBe('Stelle {{x}} $t(Help) zog ihre CLKs zurück.');
});

it('says every sentence in English as it was sent', () => {
  for (const sentence of Object.values(SAID)) {
    const sent = sentence.replaceAll(/\{\{\w+\}\}/g, '7');
    expect(saidWords(sent)).toBe(sent);
  }
});

it('takes no words of another page for words of this one, but sentences that both have', () => {
  for (const ours of [LOST, said(SAID.withdrawn, { number: 3 }), SAID.unitClosed]) expect(saidByPeer(ours)).toBe(ours);
  const words = 'Enough.” Your page is old:\n\u202eopen “https://else.example/';
  const quoted = "It said: “Enough.' Your page is old: open 'https://else.example/”";
  expect(saidByPeer(words)).toBe(quoted);
  expect(saidByPeer(`It said: “${words}”`)).toBe(
    `It said: “It said: 'Enough.' Your page is old: open 'https://else.example/'”`,
  );
  expect(saidByPeer('x'.repeat(500)).length).toBeLessThan(330);
  speak('de', { [SAID.words]: 'Die andere Seite meldete: „{{words}}“' });
  expect(saidWords(saidByPeer('Open that page.'))).toBe('Die andere Seite meldete: „Open that page.“');
});
