/** How a room stands, as the linkage unit's page shows it. */
import type { Status } from './messages.ts';
import type { Project } from './project.ts';
import type { SecretPair } from './secret-pairs.ts';
import type { UnitRun } from './unit-runs.ts';

/** One provider as the linkage unit sees it. */
export interface ProviderView {
  readonly presence: Status['providers'][number]['presence'];
  /** Share received. */
  readonly uploaded: number;
  /** Once all is received. */
  readonly rows: number | undefined;
  /** Why it is gone. */
  readonly message: string | undefined;
}

export interface UnitState {
  readonly project: Project | undefined;
  readonly providers: readonly ProviderView[];
  readonly runs: readonly UnitRun[];
  /** Whether providers made their CLKs with the same secret, as they found out between themselves. */
  readonly secrets: readonly SecretPair[];
  /** Why the project is over. */
  readonly ended: string | undefined;
}
