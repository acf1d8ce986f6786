/** Something in a linkage room is not as it must be. The message says what, and what to do. */
export class LinkingError extends Error {
  override readonly name = 'LinkingError';
}
