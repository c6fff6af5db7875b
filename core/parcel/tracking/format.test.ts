import { describe, expect, it } from 'vitest'
import { chineseFormats } from './china.ts'
import { courierFormats } from './couriers.ts'
import type { Confidence } from './format.ts'
import { postalFormats } from './postal.ts'
import { readScan } from './scan.ts'

/** One number of each format, made up by its rules: who prints it, which of his formats it is, how sure that is. */
const rows: readonly (readonly [string, string, Confidence])[] = [
  ['BU552707699CC', 's10', 'certain'],
  ['00436276959736145005', 'gs1/sscc', 'certain'],
  ['436276959736145005', 'gs1/sscc', 'likely'],
  ['4209023419559413792728864528995226', 'usps/impb-n', 'certain'],
  ['9538941566574978333975', 'usps/impb-c', 'certain'],
  ['57275265789070233446', 'usps/legacy', 'likely'],
  ['78139813983188043097', 'usps/20', 'likely'],
  ['0096498534988760', 'canada_post', 'likely'],
  ['TBC746492331594', 'amazon/logistics', 'likely'],
  ['F7464923315', 'amazon/international', 'possible'],
  ['Z746492331594469969340', 'canpar', 'likely'],
  ['9915420432', 'dhl/express', 'likely'],
  ['JEG331594469', 'dhl/express-piece', 'likely'],
  ['HK04YNLG6N9O1992', 'dhl/ecommerce', 'possible'],
  ['07464923315944', 'dhl/ecommerce-14', 'possible'],
  ['6969769526634149948892110759', 'dpd/28', 'certain'],
  ['578869305262825', 'dpd/14', 'likely'],
  ['265163897829', 'fedex/express-12', 'likely'],
  ['1738282021518615500380223638163413', 'fedex/express-34', 'likely'],
  ['30746492331594469693401294901614', 'fedex/astra-32', 'likely'],
  ['265163897829156', 'fedex/ground', 'likely'],
  ['285285515811066625', 'fedex/ground-sscc', 'likely'],
  ['9678139139831880430974', 'fedex/ground-96', 'certain'],
  ['9628752855158110666257406443293483', 'fedex/ground-gsn', 'certain'],
  ['GFUS07464923315944', 'gofo', 'likely'],
  ['LTN07464923N1', 'landmark', 'likely'],
  ['LI24923315', 'lasership/lx', 'possible'],
  ['1LS727464923315', 'lasership/1ls7-15', 'likely'],
  ['1LS7274013315944-1', 'lasership/1ls7-18', 'likely'],
  ['1LSCX46VG132A6B', 'lasership/1lscx', 'likely'],
  ['77729511483', 'old_dominion', 'likely'],
  ['80956511010', 'old_dominion/guaranteed', 'likely'],
  ['C77805954708931', 'ontrac/c', 'certain'],
  ['D78139813983188', 'ontrac/d', 'certain'],
  ['149853498876', 'purolator/numeric', 'likely'],
  ['EXV944699693', 'purolator/alpha', 'possible'],
  ['SP074649233159446996', 'speedee', 'likely'],
  ['1ZA285882221820984', 'ups/1z', 'certain'],
  ['A9290234711', 'ups/waybill', 'likely'],
  ['JD4649233159446996', 'yodel', 'likely'],
  ['YT0746492331594469', 'yunexpress', 'likely'],
  ['SFZ492331594469', 'sf', 'likely'],
  ['YT0746492331594', 'yto', 'likely'],
  ['JT0746492331594', 'jt', 'likely'],
  ['JD4631594469969', 'jd', 'likely'],
  ['DPK074649233159', 'deppon', 'likely'],
  ['78746492331594', 'zto', 'possible'],
  ['43649233159446', 'sto', 'possible'],
  ['5746492331594', 'yunda', 'possible'],
  ['PE49233159446', 'ems/domestic', 'possible'],
  ['ES745827541CN', 'ems/s10', 'certain'],
  ['621074649233159', 'cainiao', 'possible'],
]

const named = ({ carrier, service }: { readonly carrier: string; readonly service?: string }): string =>
  service === undefined ? carrier : `${carrier}/${service}`

describe('a number of each format', () => {
  it.each(rows)('%s is one of %s, %s', (text, name, confidence) => {
    const scan = readScan(text)
    const candidates = scan.kind === 'parcel' ? scan.candidates : []
    const [carrier, service] = name.split('/')
    const country = /^[A-Z]{2}\d{9}[A-Z]{2}$/u.test(text) ? { country: text.slice(-2) } : {}
    expect(candidates.find((candidate) => named(candidate) === name)).toStrictEqual({
      carrier,
      ...(service === undefined ? {} : { service }),
      number: expect.any(String),
      confidence,
      check: expect.stringMatching(/^(?:passed|none)$/u),
      ...country,
    })
  })

  it('stands here', () => {
    const known = [...postalFormats, ...courierFormats, ...chineseFormats].map(named)
    expect(rows.map(([, name]) => name)).toEqual(known)
  })
})

it('comes surest first, wherever its format stands in the tables', () => {
  const scan = readScan('4201011557503157711795533279')
  const candidates = scan.kind === 'parcel' ? scan.candidates : []
  expect(candidates.map(named)).toEqual(['dpd/28', 'usps/legacy'])
})
