/** A value cannot be encoded. The message reads after a column's name; `clkhash` is what clkhash 0.18.3 says. */
export class ValueError extends Error {
  override readonly name = 'ValueError';

  constructor(
    message: string,
    readonly clkhash: string,
  ) {
    super(message);
  }
}
