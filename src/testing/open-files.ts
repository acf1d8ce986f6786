import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The files in a folder that a process holds open, also such as have no name any more; by Linux's list of them. */
export function openFilesIn(folder: string, process: number | 'self' = 'self'): string[] {
  const descriptors = `/proc/${process}/fd`;
  return readdirSync(descriptors).flatMap((descriptor) => {
    try {
      const target = readlinkSync(join(descriptors, descriptor));
      return target.startsWith(`${folder}/`) ? [target] : [];
    } catch {
      // It was that of the reading itself.
      return [];
    }
  });
}
