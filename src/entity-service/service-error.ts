/** Why a call to an entity service failed. */
export type ServiceFailure =
  /** No connection, or the browser was not allowed to make one. */
  | 'unreachable'
  /** No answer in time. */
  | 'timeout'
  /** The service kept answering that it is asked too often (503) until the time for waiting was over. */
  | 'too-frequent'
  /** The service answered that it will not do this. */
  | 'refused'
  /** The answer is not what the interface of the service says. */
  | 'unexpected-answer';

/** A call to an entity service failed; the message says what was tried, what came back, and what to do. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly failure: ServiceFailure,
    message: string,
    /** HTTP status, where there was an answer. */
    readonly status?: number,
    /** The answer's text, where there was one. */
    readonly answer?: string,
  ) {
    super(message);
  }
}
