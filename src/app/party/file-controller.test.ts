import { expect, it } from 'vitest';
import { Store } from '../ui/store.ts';
import { FileController } from './file-controller.ts';
import type { DataHandle } from './services.ts';
import { initialState, type PartyState } from './state.ts';

it('a file that was refused stays refused, though progress of its reading comes later', async () => {
  let late: (bytes: number) => void = () => {};
  const load = (_file: File, _options: object, progress: (bytes: number) => void) => {
    late = progress;
    progress(10);
    return Promise.reject(new Error('Row 3 has 4 values instead of 5.'));
  };
  const store = new Store<PartyState>(initialState('owner'));
  const files = new FileController(store, { api: { load }, close: () => {} } as unknown as DataHandle);
  await files.load(new File(['a,b\n1,2\n'], 'people.csv'), {});
  late(20);
  expect(store.getSnapshot().file).toMatchObject({ kind: 'failed', message: 'Row 3 has 4 values instead of 5.' });
});
