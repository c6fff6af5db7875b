import { readOpening } from '@holdfast/core/tariff/opening.ts'

/** Nothing said is nothing known to be closed; what is said must be data. */
export const hasReadableHours = ({ hours: text }: { readonly hours?: string }): boolean =>
  text === undefined || readOpening(text).accepted
