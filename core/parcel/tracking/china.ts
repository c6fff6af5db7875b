import { s10Check } from './checks.ts'
import type { Format } from './format.ts'

/**
 * Published heuristics: no Chinese carrier prints a public check digit, so these are advice and overlap.
 * 15 digits from 43 fit both STO and Yunda.
 */
export const chineseFormats: readonly Format[] = [
  { carrier: 'sf', shape: /^SF[0-9A-Z]\d{12}$/u, marked: true },
  { carrier: 'yto', shape: /^YT\d{13}$/u, marked: true },
  { carrier: 'jt', shape: /^JT\d{13}$/u, marked: true },
  { carrier: 'jd', shape: /^JD[0-9A-Z]{2}\d{11}$/u, marked: true },
  { carrier: 'deppon', shape: /^DPK\d{12}$/u, marked: true },
  { carrier: 'zto', shape: /^7[3-68]\d{12}$/u },
  { carrier: 'sto', shape: /^(?:77|43)\d{12,15}$/u },
  { carrier: 'yunda', shape: /^(?:[34]\d{14}|5\d{12})$/u },
  { carrier: 'ems', service: 'domestic', shape: /^(?:[189]\d{12}|P[A-Z]\d{11})$/u },
  {
    carrier: 'ems',
    service: 's10',
    shape: /^E[A-Z](?<body>\d{8})(?<check>\d)(?<country>CN)$/u,
    check: s10Check,
    marked: true,
  },
  { carrier: 'cainiao', shape: /^621\d{12}$/u },
]
