import { expect, it } from 'vitest';
import { TaskWindow } from './task-window.ts';

it('runs at most so many at once, and all of them', async () => {
  const window = new TaskWindow(3);
  let running = 0;
  let most = 0;
  let done = 0;
  for (let i = 0; i < 20; i++) {
    await window.start(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, i % 3));
      running--;
      done++;
    });
  }
  await window.drain();
  expect([most, done]).toEqual([3, 20]);
});

it('the first error ends the waiting, though other tasks never finish', async () => {
  const window = new TaskWindow(5);
  await window.start(() => new Promise(() => {}));
  await window.start(() => Promise.reject(new Error('no such band')));
  await expect(window.drain()).rejects.toThrow('no such band');
  await expect(window.orFailure(new Promise(() => {}))).rejects.toThrow('no such band');
});

it('stops once every task has ended, failed ones too, and starts no other', async () => {
  const window = new TaskWindow(3);
  let done = 0;
  await window.start(() => Promise.reject(new Error('first')));
  await window.start(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    done++;
  });
  await window.stop();
  expect(done).toBe(1);
  await expect(window.start(() => Promise.reject(new Error('late')))).rejects.toThrow('first');
});

it('a failed task is not forgotten once its place is free', async () => {
  const window = new TaskWindow(1);
  await window.start(() => Promise.reject(new Error('first')));
  await expect(window.start(() => Promise.resolve())).rejects.toThrow('first');
});
