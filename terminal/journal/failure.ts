/**
 * `journal-disk-full` and `journal-failed`: nothing of the call was kept; reading and later appends still work.
 * `journal-busy`: another process holds the journal. `journal-broken`: what is on disk does not verify.
 * `journal-not-durable`: the disk or engine does not give the promised sync.
 */
export type JournalFault =
  | 'journal-disk-full'
  | 'journal-failed'
  | 'journal-busy'
  | 'journal-broken'
  | 'journal-not-durable'

export type JournalFailure = Error & { readonly code: JournalFault }

export const journalFailure = (code: JournalFault, cause?: unknown): JournalFailure =>
  Object.assign(new Error(code, { cause }), { code })

export const isJournalFailure = (error: unknown): error is JournalFailure =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('journal-')
