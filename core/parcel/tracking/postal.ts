import { gs1, s10Check, withPrefix } from './checks.ts'
import { s10Countries } from './countries.ts'
import type { Format } from './format.ts'

/** 420 and the ZIP in front of a USPS number: ZIP+4 only before the short form. */
const routed = '^(?:420\\d{5}(?=\\d{22}$|\\d{26}$)(?:\\d{4}(?=\\d{22}$))?)?'

/** Numbers of posts, and the GS1 container number that anybody may print. */
export const postalFormats: readonly Format[] = [
  {
    carrier: 's10',
    shape: /^[A-Z]{2}(?<body>\d{8})(?<check>\d)(?<country>[A-Z]{2})$/u,
    check: s10Check,
    marked: true,
    countries: s10Countries,
  },
  // With its application identifier 00 the number says what it is; without, it only looks like it.
  {
    carrier: 'gs1',
    service: 'sscc',
    shape: /^00(?<number>(?<body>\d{17})(?<check>\d))$/u,
    check: gs1,
    marked: true,
  },
  { carrier: 'gs1', service: 'sscc', shape: /^(?<body>\d{17})(?<check>\d)$/u, check: gs1 },
  {
    carrier: 'usps',
    service: 'impb-n',
    shape: new RegExp(
      `${routed}(?<number>(?<body>94\\d{3}(?:9\\d{8}(?:\\d{15}|\\d{11}|\\d{7})|[0-8]\\d{5}(?:\\d{14}|\\d{10})))(?<check>\\d))$`,
      'u',
    ),
    check: gs1,
    marked: true,
  },
  {
    carrier: 'usps',
    service: 'impb-c',
    shape: new RegExp(
      `${routed}(?<number>(?<body>(?:9[25]\\d{3}9\\d{8}(?:\\d{11}|\\d{7})|9[35]\\d{3}[0-8]\\d{5}(?:\\d{14}|\\d{10})))(?<check>\\d))$`,
      'u',
    ),
    check: gs1,
    marked: true,
  },
  {
    carrier: 'usps',
    service: 'legacy',
    shape: /^(?:420\d{5}(?:\d{4})?)?(?<number>(?<body>(?:91)?\d{19})(?<check>\d))$/u,
    check: withPrefix('91', gs1),
  },
  { carrier: 'usps', service: '20', shape: /^(?<body>\d{19})(?<check>\d)$/u, check: gs1 },
  { carrier: 'canada_post', shape: /^(?<body>\d{15})(?<check>\d)$/u, check: gs1 },
]
