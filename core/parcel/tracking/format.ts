import type { Check } from './checks.ts'

/**
 * One shape of number that one carrier prints. `shape` is anchored, over upper-case text without spaces, and may name
 * three groups: `body` and `check` for the check digit, `number` for the part that the carrier knows the parcel by
 * where the bar code wraps it in routing.
 */
export interface Format {
  readonly carrier: string
  /** Tells a carrier's formats apart; absent where it has one. */
  readonly service?: string
  readonly shape: RegExp
  readonly check?: Check
  /** The shape starts with a mark that hardly anybody else prints. */
  readonly marked?: true
  /** Group `country` must be one of these. */
  readonly countries?: ReadonlySet<string>
}

export type Confidence = 'certain' | 'likely' | 'possible'

/** Advice, never a verdict: no deposit is blocked because a candidate is missing or doubtful. */
export interface Candidate {
  readonly carrier: string
  readonly service?: string
  /** What the carrier knows the parcel by. */
  readonly number: string
  readonly confidence: Confidence
  readonly check: 'passed' | 'none'
  /** Country of the issuing post, ISO 3166-1, on S10 numbers. */
  readonly country?: string
}

export function matchFormat(format: Format, text: string): Candidate | undefined {
  const match = format.shape.exec(text)
  if (match === null) return undefined
  const { body, check, number, country } = match.groups ?? {}
  if (format.check !== undefined && !format.check(body ?? '', check ?? '')) return undefined
  if (format.countries !== undefined && !format.countries.has(country ?? '')) return undefined
  return {
    carrier: format.carrier,
    ...(format.service === undefined ? {} : { service: format.service }),
    number: number ?? text,
    confidence: confidenceOf(format),
    check: format.check === undefined ? 'none' : 'passed',
    ...(country === undefined ? {} : { country }),
  }
}

/** A check digit alone lets one foreign number in ten pass, a mark alone any slip of the hand. */
function confidenceOf(format: Format): Confidence {
  if (format.check !== undefined && format.marked) return 'certain'
  return format.check !== undefined || format.marked ? 'likely' : 'possible'
}
