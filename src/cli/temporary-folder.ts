import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from './command-error.ts';
import { fileReason, isOfSystem } from './terminal.ts';

function refused(error: unknown): unknown {
  if (!isOfSystem(error)) return error;
  return new CommandError(
    `Temporary files cannot be kept in ${tmpdir()}: ${fileReason(error)}. Make room there, or name another folder by TMPDIR.`,
  );
}

/**
 * A folder for this process alone (`TMPDIR` says where), which goes with all that is in it when the work ends.
 * @throws CommandError where the system refuses it, or a file in it
 */
export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'blindjoin-'));
    return await work(folder);
  } catch (error) {
    throw refused(error);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
