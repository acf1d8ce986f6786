const MAX_LETTERS = 300;

/**
 * What a service or a store says, as a message quotes it: in one line, of at most 300 letters, without what moves a terminal's
 * cursor or turns the direction of writing.
 */
export function answerWords(text: string): string {
  const plain = text.replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
  return plain.length > MAX_LETTERS ? `${plain.slice(0, MAX_LETTERS)}…` : plain;
}

/** Where an answer sends on to; undefined where it tells no address, or none that can be read. */
export function redirectTarget(location: string | undefined, from: string): URL | undefined {
  return location !== undefined && URL.canParse(location, from) ? new URL(location, from) : undefined;
}
