/** Hands the person a file made on this computer. */
export function saveFile(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }));
}

/** Characters that a name made of words has at most: fewer bytes than any file system takes. */
const MAX_NAME_CHARACTERS = 60;

/** Words as the name of a file, without its ending: letters and digits of any script, everything else a hyphen. */
export function nameOfFile(...words: readonly string[]): string {
  const name = words
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return [...name].slice(0, MAX_NAME_CHARACTERS).join('').replace(/^-|-$/g, '');
}

/** {@link saveFile} of what is in memory already. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
