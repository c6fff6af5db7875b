/** A thrown failure with a stable code: something outside broke, nobody was refused. */
export type Failure<Code extends string = string> = Error & { readonly code: Code }

export const failure = <Code extends string>(code: Code, message: string, cause?: unknown): Failure<Code> =>
  Object.assign(new Error(message, cause === undefined ? {} : { cause }), { code })

/** The code that an error carries, be it ours, Node's or a library's. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
