/** Links two files of known truth and measures the links, beside the page's thread. */
import type { PackedClks } from '../clk/clk-file.ts';
import { type MeasuredQuality, type MeasureRequest, measuredQuality } from './measured-quality.ts';
import { findPairs, linkPairs } from './pair-linkage.ts';

export interface QualityWorkerApi {
  /** Links by Dice similarity and greedy solving. `onProgress` gets the share of comparisons done. */
  measure(request: MeasureRequest, onProgress: (done: number) => void): Promise<MeasuredQuality>;
  /** Compares all rows of two files and resolves to the milliseconds it took. */
  compareAll(first: PackedClks, second: PackedClks, threshold: number): Promise<number>;
}

export const qualityWorker: QualityWorkerApi = {
  measure: async (request, onProgress) => {
    const { candidates, linked } = linkPairs(request.first, request.second, request.lowest, onProgress);
    return measuredQuality(request, candidates, linked);
  },
  compareAll: async (first, second, threshold) => {
    const start = performance.now();
    findPairs(first, second, threshold);
    return performance.now() - start;
  },
};
