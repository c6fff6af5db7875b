import { holds } from '../checks/law.ts'

/** What is judged inside the cloud's own calls, where a thrown word would be taken for a partner's failure. */
export interface Complaints {
  readonly holds: typeof holds
  /** The first that did not. */
  readonly failed: () => Error | undefined
}

export function createComplaints(): Complaints {
  let first: Error | undefined
  return {
    holds: (...claim) => {
      try {
        holds(...claim)
      } catch (error) {
        first ??= error instanceof Error ? error : new Error(String(error))
      }
    },
    failed: () => first,
  }
}
