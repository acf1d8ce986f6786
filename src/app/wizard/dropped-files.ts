/** What somebody dropped or chose. */
export interface Dropped {
  readonly files: File[];
  /** Name of the first folder among it; its files are not looked for. */
  readonly folder?: string;
}

function transferOf(event: unknown): DataTransfer | undefined {
  const transfer = event instanceof Object && 'dataTransfer' in event ? event.dataTransfer : undefined;
  return transfer instanceof DataTransfer ? transfer : undefined;
}

function chosenFiles(event: unknown): File[] {
  const target = event instanceof Object && 'target' in event ? event.target : undefined;
  return target instanceof HTMLInputElement ? [...(target.files ?? [])] : [];
}

/** The files of a drop or of an input's change; where a folder is among what was dropped, none. */
export function filesOf(event: unknown): Dropped {
  const transfer = transferOf(event);
  if (transfer === undefined) return { files: chosenFiles(event) };
  // A drag that is still under way shows neither files nor names.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const folder = entries.find((entry) => entry?.isDirectory);
  return folder ? { files: [], folder: folder.name } : { files: [...transfer.files] };
}
