import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidate } from './format.ts'
import { readScan } from './scan.ts'

const gs = '\x1d'

function candidates(text: string): readonly Candidate[] {
  const scan = readScan(text)
  return scan.kind === 'holdfast' ? [] : scan.candidates
}
const carriers = (text: string): string[] => candidates(text).map(({ carrier }) => carrier)
const number = (text: string): string => {
  const scan = readScan(text)
  return scan.kind === 'parcel' ? scan.number : scan.kind
}

describe('UPU S10', () => {
  it.each([
    ['LX473124829DE', 'DE'],
    ['RB123456785GB', 'GB'],
    ['CP000000080CN', 'CN'],
    ['RR000000155CN', 'CN'],
  ])('reads %s as certain, issued in %s', (text, country) => {
    expect(candidates(text)[0]).toEqual({
      carrier: 's10',
      number: text,
      confidence: 'certain',
      check: 'passed',
      country,
    })
  })

  it('offers no postal candidate for a wrong check digit or a country that is none', () => {
    expect(carriers('RB123456786US')).not.toContain('s10')
    expect(carriers('RB123456785XX')).not.toContain('s10')
  })

  it('names China Post EMS beside the post for an EMS item from China', () => {
    expect(carriers('EA123456785CN')).toEqual(['s10', 'ems'])
    expect(carriers('EA123456785US')).toEqual(['s10'])
  })
})

describe('GS1 containers', () => {
  const sscc = '106141411234567897'

  it.each([
    sscc,
    `00${sscc}`,
    `]C100${sscc}`,
    `]C100${sscc}\r\n`,
    `]d200${sscc}${gs}10LOT7`,
    `${gs}00${sscc}${gs}`,
    `(00)${sscc}`,
    '(00) 1 0614141 123456789 7',
    `(00)${sscc}(10)LOT7`,
    `https://id.gs1.org/00/${sscc}`,
    `HTTPS://parcels.example/gs1/00/${sscc}?x=1`,
    `https://id.gs1.org/%30%30/${sscc}`,
    'urn:epc:id:sscc:0614141.1123456789',
  ])('finds the same container in %j', (text) => {
    expect(candidates(text)[0]).toMatchObject({ carrier: 'gs1', service: 'sscc', number: sscc, check: 'passed' })
    expect(number(text)).toBe(sscc)
  })

  it('is certain with the application identifier, only likely without', () => {
    expect(candidates(`]C100${sscc}`)[0]?.confidence).toBe('certain')
    expect(candidates(sscc)[0]?.confidence).toBe('likely')
  })

  it('never calls a container USPS (R-55), wrapped or not', () => {
    expect(carriers(`]C100${sscc}`)).toEqual(['gs1'])
    expect(carriers(`00${sscc}`)).toEqual(['gs1'])
  })

  it('takes no twenty digits for one whose check digit is wrong', () => {
    expect(number('00106141411234567890')).toBe('00106141411234567890')
  })

  it('keeps the number but names nobody when the check digit is wrong', () => {
    expect(readScan(']C100106141411234567890')).toEqual({
      kind: 'parcel',
      number: '106141411234567890',
      candidates: [],
    })
  })

  it('keeps FedEx Ground as a second reading of its own containers', () => {
    expect(carriers(']C100000123450000000027')).toEqual(['gs1', 'fedex'])
  })
})

describe('Chinese shapes (R-56)', () => {
  it.each([
    ['SF1234567890123', 'sf'],
    ['YT1234567890123', 'yto'],
    ['JT1234567890123', 'jt'],
    ['JDX012345678901', 'jd'],
    ['DPK123456789012', 'deppon'],
    ['75123456789012', 'zto'],
    ['77123456789012345', 'sto'],
    ['5123456789012', 'yunda'],
    ['9123456789012', 'ems'],
    ['PA12345678901', 'ems'],
    ['621123456789012', 'cainiao'],
  ])('reads %s as %s without a check', (text, carrier) => {
    expect(candidates(text).find((candidate) => candidate.carrier === carrier)).toMatchObject({ check: 'none' })
  })

  it('gives both carriers for 15 digits from 43 (R-54)', () => {
    expect(carriers('431234567890123')).toEqual(expect.arrayContaining(['sto', 'yunda']))
  })

  it('tells YTO from YunExpress and JD from Yodel by length', () => {
    expect(carriers('YT1234567890123')).toEqual(['yto'])
    expect(carriers('YT2229521272164446')).toEqual(['yunexpress'])
    expect(carriers('JD0002242617644732')).toEqual(['yodel'])
  })
})

describe('what the carrier knows the parcel by', () => {
  it.each([
    ['420787459400111206206406260787', 'usps', '9400111206206406260787'],
    [`]C142078745${gs}9400111206206406260787`, 'usps', '9400111206206406260787'],
    ['1001921334250001000300779017972697', 'fedex', '779017972697'],
    ['32971514560102447849175802862014', 'fedex', '784917580286'],
    ['9622001900000000000000776632517510', 'fedex', '776632517510'],
    [' 1z 5r8 9390 3575 6712 7', 'ups', '1Z5R89390357567127'],
    ['1Z-5R8-9390-3575-6712-7', 'ups', '1Z5R89390357567127'],
    ['1LS7119013618127-1', 'lasership', '1LS7119013618127-1'],
    ['１Ｚ５Ｒ８９３９０３５７５６７１２７', 'ups', '1Z5R89390357567127'],
  ])('reads %j of %s as %s', (text, carrier, expected) => {
    expect(candidates(text).find((candidate) => candidate.carrier === carrier)?.number).toBe(expected)
  })

  it.each(['123456', '7'.repeat(48)])('takes the shortest and the longest: %s', (text) => {
    expect(number(text)).toBe(text)
  })

  it('takes the longest text', () => {
    const link = `https://id.gs1.org/00/106141411234567897?x=${'x'.repeat(4_253)}`
    expect([link.length, number(link)]).toEqual([4_296, '106141411234567897'])
  })

  it('keeps the number of a carrier that nobody has heard of', () => {
    expect(readScan('QQ-77/12.ab')).toEqual({ kind: 'parcel', number: 'QQ77/12.AB', candidates: [] })
  })

  it('puts the surest candidate first', () => {
    expect(candidates('RX123456785CN').map(({ confidence }) => confidence)).toEqual(['certain', 'possible'])
  })
})

describe('what cannot be a tracking number', () => {
  it.each([
    ['', 'empty'],
    [' \r\n', 'empty'],
    ['12345', 'too-short'],
    ['----------', 'too-short'],
    ['7'.repeat(49), 'too-long'],
    [`https://id.gs1.org/00/106141411234567897?x=${'x'.repeat(4_254)}`, 'too-long'],
    ['x'.repeat(1_000_000), 'too-long'],
    ['SF12345📦67890', 'strange-characters'],
    ['SF1234\x0056789012', 'strange-characters'],
    ['顺丰1234567890', 'strange-characters'],
    ['HELLOWORLD', 'no-digits'],
    ['https://example.com/12345678', 'link'],
    ['https://id.gs1.org/00/10614%', 'link'],
  ])('names the problem of %j', (text, problem) => {
    expect(readScan(text)).toEqual({ kind: 'unreadable', problem, candidates: [] })
  })
})

it('tells our own codes apart and leaves every character of them alone', () => {
  expect(readScan('HF1:6BF A%$*+-./:')).toEqual({ kind: 'holdfast', payload: 'HF1:6BF A%$*+-./:' })
  expect(readScan(']Q1HF1:AB C \r\n')).toEqual({ kind: 'holdfast', payload: 'HF1:AB C ' })
  expect(readScan('hf1:abc123').kind).toBe('unreadable')
})

it('never throws, whatever a scanner gives, and its numbers keep to a plain alphabet', () => {
  const pieces = ['(00)', '00', 'https://x.example/00/', '%30', ']C1', gs, ' ', '106141411234567897', 'HF', '📦', '\0']
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 9 })
      .map((all) => all.join('')),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
  )
  fc.assert(
    fc.property(anything, (text) => {
      expect(number(text)).toMatch(/^(?:[0-9A-Z./_-]{1,48}|holdfast|unreadable)$/u)
    }),
    { numRuns: 2_000 },
  )
})

it('reads its own number again as the same number', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{6}[0-9A-Z -]{0,40}$/u), (text) => {
      expect(number(number(text))).toBe(number(text))
    }),
  )
})

it('gives the same candidates with spaces strewn in', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{8,34}$/u), fc.nat(30), (text, at) => {
      expect(candidates(`${text.slice(0, at)} ${text.slice(at)}`)).toEqual(candidates(text))
    }),
  )
})
