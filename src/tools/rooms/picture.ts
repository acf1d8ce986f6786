/** The picture of the rooms between its marks in a document. */
const START = '<!-- The picture is drawn from the imports: npm run rooms -->\n';
const END = '\n<!-- end of the picture -->';

function place(text: string): readonly [start: number, end: number] {
  const start = text.indexOf(START);
  const end = text.indexOf(END, start);
  if (start < 0 || end < 0) throw new Error('The document has no place for the picture of the rooms.');
  return [start + START.length, end];
}

export function drawnIn(text: string): string {
  return text.slice(...place(text));
}

export function withPicture(text: string, picture: string): string {
  const [start, end] = place(text);
  return text.slice(0, start) + picture + text.slice(end);
}
