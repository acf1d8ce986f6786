import { describe, expect, it } from 'vitest';
import { createCaller } from './caller.ts';
import { networkReason } from './network-words.ts';
import { ServiceError } from './service-error.ts';
import { bytesBody, type ServiceAnswer, type Transport } from './transport.ts';
import { toldWait } from './waiting.ts';

const ADDRESS = 'https://linkage.example.org';
const CALL = { doing: 'the question for its status', method: 'GET', path: '/status', expected: [200] } as const;

/** Answers one after another; the waits between are noted, and none is slept. */
function caller(answers: readonly ServiceAnswer[], giveUpAfter = 20_000) {
  const waited: number[] = [];
  let asked = 0;
  const call = createCaller(ADDRESS, {
    transport: async () => answers[asked++] ?? { status: 200, text: '{}' },
    waiting: { giveUpAfter },
    pause: async (milliseconds) => void waited.push(milliseconds),
  });
  return { call, waited, asked: () => asked };
}

async function failureOf(work: Promise<unknown>): Promise<ServiceError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServiceError)) throw new Error(`no ServiceError: ${String(error)}`);
  return error;
}

describe('a service that is asked too often', () => {
  it.each([429, 503])('says %i, for how long, and is waited with', async (status) => {
    const { call, waited, asked } = caller([
      { status, text: '', retryAfter: '30' },
      { status, text: '' },
    ]);
    expect(await call(CALL)).toMatchObject({ status: 200 });
    expect([waited, asked()]).toEqual([[30_000, 100], 3]);
  });

  it('is not waited with for hours', async () => {
    const { call, waited } = caller([{ status: 429, text: '', retryAfter: '7200' }]);
    const { failure, message } = await failureOf(call(CALL));
    expect([failure, waited]).toEqual(['too-frequent', []]);
    expect(message).toContain('7200 s');
  });

  it('is given up after the usual time where it does not say how long', async () => {
    const { call, waited } = caller(Array(20).fill({ status: 429, text: '' }), 1000);
    expect(await failureOf(call(CALL))).toMatchObject({ failure: 'too-frequent', status: 429 });
    expect(waited).toEqual([100, 200, 400]);
  });

  it('says it in seconds or as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(toldWait('12', now)).toBe(12_000);
    expect(toldWait('Thu, 01 Jan 2026 00:00:09 GMT', now)).toBe(9000);
    expect(toldWait('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
    expect(toldWait('soon', now)).toBeUndefined();
    expect(toldWait(undefined, now)).toBeUndefined();
  });
});

describe('a redirect', () => {
  it.each([
    ['https://other.example.org/api/v1/status', 'https://other.example.org'],
    ['https://other.example.org/linkage/api/v1/status', 'https://other.example.org/linkage'],
    ['/login', 'https://linkage.example.org/login'],
    ['http://[', 'another address, which the browser does not tell'],
  ])('to %s is told with its target, and not followed', async (location, target) => {
    const { call, asked } = caller([{ status: 307, text: '', location }]);
    const { message } = await failureOf(call(CALL));
    expect(message).toContain(`on to ${target} (status 307)`);
    expect(asked()).toBe(1);
  });
});

it.each([
  ['{"detail": "No.\\u001b[2J\\nA\\u202eB"}', 'No. [2J A B'],
  ['<p>\u001b[31mNo</p>', '[31mNo'],
  [JSON.stringify({ title: 'x'.repeat(1000) }), `${'x'.repeat(300)}…`],
])('quotes a refusal in one line, and nothing that moves the cursor: %j', async (text, quoted) => {
  const { call } = caller([{ status: 400, text }]);
  expect((await failureOf(call(CALL))).message).toContain(`(status 400): ${quoted}. `);
});

/** Never answers; ends when it is told to. */
const silent: Transport = ({ signal }) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

describe('a deadline', () => {
  it('ends a call whose answer does not come whole', async () => {
    const call = createCaller(ADDRESS, { transport: silent, answerWithin: 20 });
    expect(await failureOf(call(CALL))).toMatchObject({
      failure: 'timeout',
      message: expect.stringContaining('no whole answer in 0.02 s'),
    });
  });

  it('of an upload starts anew with every piece', async () => {
    let pieces = 0;
    const transport: Transport = ({ onProgress, signal }) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        const send = (): void => {
          onProgress?.(++pieces, 8);
          if (pieces === 8) resolve({ status: 200, text: '{}' });
          else setTimeout(send, 30);
        };
        send();
      });
    const upload = { ...CALL, method: 'POST', body: bytesBody(new Uint8Array(8)) } as const;
    // Eight pieces take more than 200 ms in all, and none of them takes that long.
    expect(await createCaller(ADDRESS, { transport, stalledAfter: 200, answerWithin: 1 })(upload)).toMatchObject({
      status: 200,
    });
    const stalled = createCaller(ADDRESS, { transport: silent, stalledAfter: 20, answerWithin: 1 })(upload);
    expect((await failureOf(stalled)).message).toContain('Nothing moved for 0.02 s');
  });
});

describe('why there is no answer', () => {
  it('is said in words, whatever the cause is wrapped in', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1:9'), { code: 'ECONNREFUSED' });
    expect(networkReason(new TypeError('fetch failed', { cause: new AggregateError([refused], '') }))).toBe(
      'nothing answers at this address',
    );
    expect(networkReason(new Error('Proxy response (407) !== 200 when HTTP Tunneling'))).toContain('status 407');
    expect(networkReason(new Error('other'))).toBe('other');
  });
});
