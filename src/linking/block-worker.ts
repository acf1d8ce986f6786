/** Blocking for a linkage room, beside the page's thread. */

import { type BlockRequest, blockRows } from '../blocking/block-rows.ts';
import type { BlockingStatistics } from '../blocking/block-statistics.ts';
import { blockKey, nameBlocks } from './block-ids.ts';
import type { RowBlocks } from './clk-upload.ts';

export interface NamedBlocks {
  readonly blocks: RowBlocks;
  readonly statistics: BlockingStatistics;
}

export interface LinkingWorkerApi {
  /**
   * The blocks of each row, under names that follow from the linkage secret.
   * @throws BlockingError or LinkingError
   */
  block(request: BlockRequest, secret: string): Promise<NamedBlocks>;
}

export const linkingWorker: LinkingWorkerApi = {
  block: async (request, secret) => {
    const { blocks, statistics } = blockRows(request);
    return { blocks: nameBlocks(blocks, blockKey(secret)), statistics };
  },
};
