/** Values that a person typed, parted by semicolons; blanks around them go. */
export function listedValues(text: string): string[] {
  return [...new Set(text.split(';').map((value) => value.trim()))].filter((value) => value !== '');
}
