import { chineseFormats } from './china.ts'
import { courierFormats } from './couriers.ts'
import { separator, stripSymbology, unwrapSscc } from './envelope.ts'
import { type Candidate, type Confidence, matchFormat } from './format.ts'
import { postalFormats } from './postal.ts'

/** Why a text cannot be a tracking number of anybody. */
export type ScanProblem = 'empty' | 'too-short' | 'too-long' | 'no-digits' | 'strange-characters' | 'link'

export type Scan =
  /** `number` is the text without wrapping; a candidate may know the parcel by a part of it. */
  | { readonly kind: 'parcel'; readonly number: string; readonly candidates: readonly Candidate[] }
  /** One of our own codes (grant, certificate, card), still to be verified. `payload` begins with `HF1:`. */
  | { readonly kind: 'holdfast'; readonly payload: string }
  | { readonly kind: 'unreadable'; readonly problem: ScanProblem; readonly candidates: readonly [] }

const longestNumber = 48
const shortestNumber = 6
/** Well above any Digital Link and any of our own codes (a QR of version 40 holds 4,296 characters). */
const longestText = 4_296

const ownPrefix = 'HF1:'
const formats = [...postalFormats, ...courierFormats, ...chineseFormats]
const rank: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 }

/**
 * Reads what a scanner, a camera or a hand gave: never throws, never refuses a number it does not know.
 * Candidates come best first; equals stay in the order of the tables.
 */
export function readScan(text: string): Scan {
  if (text.length > longestText) return unreadable('too-long')
  const data = stripSymbology(text)
  if (data.startsWith(ownPrefix)) return { kind: 'holdfast', payload: data }
  const trimmed = data.normalize('NFKC').trim()
  const sscc = unwrapSscc(trimmed)
  if (sscc !== undefined) return { kind: 'parcel', number: sscc.slice(2), candidates: candidatesOfSscc(sscc) }
  if (trimmed.includes('://')) return unreadable('link')
  return readNumber(trimmed.replaceAll(separator, '').replaceAll(/\s/gu, '').toUpperCase())
}

function readNumber(dense: string): Scan {
  const problem = problemOf(dense)
  if (problem !== undefined) return unreadable(problem)
  // Few numbers carry a hyphen of their own; in all others it was put there for the eye.
  const asPrinted = candidatesOf(dense)
  if (asPrinted.length > 0) return { kind: 'parcel', number: dense, candidates: asPrinted }
  const number = dense.replaceAll('-', '')
  return { kind: 'parcel', number, candidates: candidatesOf(number) }
}

function problemOf(dense: string): ScanProblem | undefined {
  if (dense.length === 0) return 'empty'
  if (dense.length > longestNumber) return 'too-long'
  if (!/^[0-9A-Z./_-]+$/u.test(dense)) return 'strange-characters'
  if (dense.replaceAll(/[^0-9A-Z]/gu, '').length < shortestNumber) return 'too-short'
  return /\d/u.test(dense) ? undefined : 'no-digits'
}

/** The wrapping says that it is a container number, so nothing else that has 20 digits is guessed. */
function candidatesOfSscc(sscc: string): readonly Candidate[] {
  const container = candidatesOf(sscc).filter(({ carrier }) => carrier === 'gs1')
  if (container.length === 0) return []
  return [...container, ...candidatesOf(sscc.slice(2)).filter(({ service }) => service === 'ground-sscc')]
}

function candidatesOf(number: string): readonly Candidate[] {
  return formats
    .flatMap((format) => matchFormat(format, number) ?? [])
    .sort((left, right) => rank[left.confidence] - rank[right.confidence])
}

const unreadable = (problem: ScanProblem): Scan => ({ kind: 'unreadable', problem, candidates: [] })
