/**
 * Work whose progress ends with it. Progress from a worker comes through a port of its own and may arrive after the end, which
 * it must not undo: such reports are dropped.
 */
export async function withProgress<Report extends readonly unknown[], T>(
  work: (report: (...args: Report) => void) => Promise<T>,
  onProgress: (...args: Report) => void,
): Promise<T> {
  let over = false;
  try {
    return await work((...args) => {
      if (!over) onProgress(...args);
    });
  } finally {
    over = true;
  }
}
