import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { s10Countries } from './countries.ts'
import { courierFormats } from './couriers.ts'
import { postalFormats } from './postal.ts'
import { readScan } from './scan.ts'

const folder = new URL('../../../../shared/data/tracking-numbers/couriers/', import.meta.url)

const CourierFile = Type.Object({
  courier_code: Type.String(),
  tracking_numbers: Type.Array(
    Type.Object({
      id: Type.Optional(Type.String()),
      name: Type.String(),
      test_numbers: Type.Object({ valid: Type.Array(Type.String()), invalid: Type.Array(Type.String()) }),
      additional: Type.Optional(
        Type.Array(Type.Object({ lookup: Type.Array(Type.Object({ matches: Type.Optional(Type.String()) })) })),
      ),
    }),
  ),
})

/** Formats of the data set whose carrier has more than one here: id, or name where it has no id, to our service. */
const services: Readonly<Record<string, string>> = {
  amazon_logistics: 'logistics',
  amazon_international: 'international',
  dhl_express: 'express',
  dhl_express_piece_id: 'express-piece',
  dhl_ecommerce: 'ecommerce',
  dhl_ecommerce_14: 'ecommerce-14',
  dpd: '28',
  dpd_14: '14',
  fedex_12: 'express-12',
  fedex_34: 'express-34',
  fedex_astra_32: 'astra-32',
  fedex_ground: 'ground',
  fedex_ground_sscc_18: 'ground-sscc',
  fedex_ground_96: 'ground-96',
  fedex_ground_gsn: 'ground-gsn',
  lasership_lx: 'lx',
  lasership_1ls7: '1ls7-15',
  'LaserShip 1LS7 (18)': '1ls7-18',
  lasership_1lscx: '1lscx',
  'Old Dominion Guaranteed Shipment': 'guaranteed',
  ontrac_c: 'c',
  ontrac_d: 'd',
  purolator_numeric: 'numeric',
  purolator_alpha: 'alpha',
  ups: '1z',
  'UPS Waybill': 'waybill',
  usps_20: '20',
  usps_impb_n: 'impb-n',
  usps_legacy: 'legacy',
  usps_impb_c: 'impb-c',
}

const files = existsSync(folder)
  ? readdirSync(folder).map((file) => Value.Parse(CourierFile, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))))
  : []
const judged = files.flatMap((file) =>
  file.tracking_numbers.map((format) => ({
    carrier: file.courier_code,
    service: services[format.id ?? format.name],
    ...format,
  })),
)

function isRecognised(text: string, carrier: string, service: string | undefined): boolean {
  const scan = readScan(text)
  return (
    scan.kind === 'parcel' &&
    scan.candidates.some((candidate) => candidate.carrier === carrier && candidate.service === service)
  )
}

describe.skipIf(judged.length === 0)('judged by the public data set (../shared/data/tracking-numbers)', () => {
  it('holds 39 formats with 192 valid and 88 invalid numbers', () => {
    const count = (side: 'valid' | 'invalid'): number => judged.flatMap((format) => format.test_numbers[side]).length
    expect([judged.length, count('valid'), count('invalid')]).toEqual([39, 192, 88])
  })

  it.each(judged)('recognises every valid number of $name and no invalid one', (format) => {
    const recognised = (text: string): boolean => isRecognised(text, format.carrier, format.service)
    expect(format.test_numbers.valid.filter((text) => !recognised(text))).toEqual([])
    expect(format.test_numbers.invalid.filter(recognised)).toEqual([])
  })

  it('knows every issuing country of S10 that the data set knows', () => {
    const codes = judged
      .filter(({ carrier }) => carrier === 's10')
      .flatMap(({ additional }) => (additional ?? []).flatMap(({ lookup }) => lookup.map(({ matches }) => matches)))
      .filter((code) => code !== undefined)
    expect(codes.length).toBeGreaterThan(100)
    expect(codes.filter((code) => !s10Countries.has(code))).toEqual([])
  })
})

it('tells all formats of a carrier apart by service, wherever a carrier has several', () => {
  const names = [...courierFormats, ...postalFormats]
    .filter(({ carrier }) => carrier !== 'gs1')
    .map(({ carrier, service }) => `${carrier}/${service ?? ''}`)
  expect(new Set(names).size).toBe(names.length)
})

it('anchors every shape, so that a number inside a longer text is not taken for it', () => {
  for (const { shape } of [...courierFormats, ...postalFormats]) expect(shape.source).toMatch(/^\^.*\$$/u)
})
