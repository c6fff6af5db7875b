/** The part of vitest's JSON report that we count. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly name: string
    readonly assertionResults: readonly unknown[]
  }[]
}

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** A run that left no report, or a file that fell over before its first test, is one failure more. */
export function tallyOf(text: string | undefined, code: number): Tally {
  if (text === undefined) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  const report: Report = JSON.parse(text)
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const failed = report.numFailedTests + broken.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests,
  }
}

/** Files with a failed test, by path, when they alone explain how the run ended; otherwise none. */
export function failedFiles(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const report: Report = JSON.parse(text)
  return report.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name)
}

/** The first run with what a second look at its failed files said in the place of what they said first. */
export const corrected = (first: Tally, second: Tally): Tally => ({
  passed: first.passed + first.failed - second.failed,
  failed: second.failed,
  skipped: first.skipped,
})

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

export const lineOf = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
