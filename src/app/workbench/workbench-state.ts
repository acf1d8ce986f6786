/** What the sections of the workbench share: the schema under work, two tables, the secret. */
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { readSchema, type SchemaReading } from '../../clk/schema-reading.ts';
import type { CsvTable } from '../ui/csv-table.ts';
import { Store } from '../ui/store.ts';
import { ifWritten, useReading } from '../ui/use-reading.ts';

export interface WorkbenchState {
  readonly schemaText: string;
  readonly first: CsvTable | undefined;
  readonly second: CsvTable | undefined;
  readonly secret: string;
}

export type TableSlot = 'first' | 'second';

export function createWorkbench(): Store<WorkbenchState> {
  return new Store<WorkbenchState>({ schemaText: '', first: undefined, second: undefined, secret: '' });
}

export const WorkbenchContext = createContext<Store<WorkbenchState> | undefined>(undefined);

/** The shared state and how to change it. */
export function useWorkbench(): { readonly state: WorkbenchState; update(change: Partial<WorkbenchState>): void } {
  const store = useContext(WorkbenchContext);
  if (store === undefined) throw new Error('A section of the workbench stands outside of it.');
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot);
  return useMemo(() => ({ state, update: (change) => store.update(change) }), [state, store]);
}

const readWritten = ifWritten(readSchema);

/** The schema under work, checked; undefined where none has been entered. */
export function useSchemaReading(): SchemaReading | undefined {
  const { schemaText } = useWorkbench().state;
  return useReading(schemaText, readWritten);
}
