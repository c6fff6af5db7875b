import { gs1, luhn, mod10, mod11Then10, mod37And36, mod7, withPrefix } from './checks.ts'
import type { Format } from './format.ts'

const fedexExpress = mod11Then10(3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
const fedexLong = mod11Then10(1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
const ups = mod10(1, 2)

/** Parcel companies outside China; carrier codes are those of the public data set that judges this table. */
export const courierFormats: readonly Format[] = [
  { carrier: 'amazon', service: 'logistics', shape: /^TB[ACM]\d{12}$/u, marked: true },
  { carrier: 'amazon', service: 'international', shape: /^[AFC]\d{10}$/u },
  { carrier: 'canpar', shape: /^[CDKLSUXZ]\d{21}$/u, marked: true },
  { carrier: 'dhl', service: 'express', shape: /^(?<body>\d{9,10})(?<check>\d)$/u, check: mod7 },
  { carrier: 'dhl', service: 'express-piece', shape: /^J[A-Z]{2,3}\d{9,10}$/u, marked: true },
  { carrier: 'dhl', service: 'ecommerce', shape: /^(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)\d[0-9A-Z]{9,38}$/u },
  { carrier: 'dhl', service: 'ecommerce-14', shape: /^\d{14}$/u },
  { carrier: 'dpd', service: '28', shape: /^(?<body>\d{27})(?<check>[0-9A-Z])$/u, check: mod37And36, marked: true },
  { carrier: 'dpd', service: '14', shape: /^(?<body>\d{14})(?<check>[0-9A-Z])$/u, check: mod37And36 },
  { carrier: 'fedex', service: 'express-12', shape: /^(?<body>\d{11})(?<check>\d)$/u, check: fedexExpress },
  {
    carrier: 'fedex',
    service: 'express-34',
    shape: /^[0-8]\d{19}(?<body>\d\d(?=(?<number>\d{12}$))\d{11})(?<check>\d)$/u,
    check: fedexLong,
  },
  {
    carrier: 'fedex',
    service: 'astra-32',
    shape: /^3\d{15}(?<number>(?<body>\d{11})(?<check>\d))\d{4}$/u,
    check: fedexExpress,
  },
  { carrier: 'fedex', service: 'ground', shape: /^(?<body>\d{14})(?<check>\d)$/u, check: gs1 },
  { carrier: 'fedex', service: 'ground-sscc', shape: /^\d{2}(?<body>\d{15})(?<check>\d)$/u, check: gs1 },
  { carrier: 'fedex', service: 'ground-96', shape: /^96\d{5}(?<body>\d{14})(?<check>\d)$/u, check: gs1, marked: true },
  {
    carrier: 'fedex',
    service: 'ground-gsn',
    shape: /^96\d{18}(?<body>\d\d(?=(?<number>\d{12}$))\d{11})(?<check>\d)$/u,
    check: fedexLong,
    marked: true,
  },
  { carrier: 'gofo', shape: /^GFUS\d{14}$/u, marked: true },
  { carrier: 'landmark', shape: /^LTN\d{8}N1$/u, marked: true },
  { carrier: 'lasership', service: 'lx', shape: /^L[AIEHNX][1-3]\d{7}$/u },
  { carrier: 'lasership', service: '1ls7-15', shape: /^1LS7[12]\d{10}$/u, marked: true },
  { carrier: 'lasership', service: '1ls7-18', shape: /^1LS7[12]\d{2}01[1-4]\d{6}-1$/u, marked: true },
  { carrier: 'lasership', service: '1lscx', shape: /^1LSCX[0-9A-Z]{10}$/u, marked: true },
  { carrier: 'old_dominion', shape: /^(?<body>(?:77[78]|072|780)\d{7})(?<check>\d)$/u, check: luhn },
  { carrier: 'old_dominion', service: 'guaranteed', shape: /^(?<body>80\d{8})(?<check>\d)$/u, check: luhn },
  {
    carrier: 'ontrac',
    service: 'c',
    shape: /^C(?<body>\d{13})(?<check>\d)$/u,
    check: withPrefix('4', mod10(1, 2)),
    marked: true,
  },
  {
    carrier: 'ontrac',
    service: 'd',
    shape: /^D(?<body>\d{13})(?<check>\d)$/u,
    check: withPrefix('5', mod10(1, 2)),
    marked: true,
  },
  { carrier: 'purolator', service: 'numeric', shape: /^(?<body>[0-5]\d{10})(?<check>\d)$/u, check: luhn },
  { carrier: 'purolator', service: 'alpha', shape: /^[A-Z]{3}\d{9}$/u },
  { carrier: 'speedee', shape: /^SP\d{18}$/u, marked: true },
  { carrier: 'ups', service: '1z', shape: /^1Z(?<body>[0-9A-Z]{15})(?<check>\d)$/u, check: ups, marked: true },
  { carrier: 'ups', service: 'waybill', shape: /^[AHJKTV](?<body>\d{9})(?<check>\d)$/u, check: ups },
  { carrier: 'yodel', shape: /^JJ?D\d{16}$/u, marked: true },
  { carrier: 'yunexpress', shape: /^YT\d{16}$/u, marked: true },
]
