import { describe, expect, it } from 'vitest'
import { type Instant, instant } from '@holdfast/core/values/instants.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { concatBytes } from '../bytes/concat.ts'
import {
  answerBytes,
  type Certificate,
  type CertificateAnswer,
  certificateLength,
  certificateText,
  isCertificateText,
  openCertificate,
  signCertificate,
} from './certificate.ts'
import { createNodeSeals } from './node.ts'

const seals = createNodeSeals()
const cloud = seals.generate('ed25519')
const phone = seals.generate('p256')
const keys = new Map([[2, cloud.publicKey]])
const id = <Kind extends 'cabinet' | 'person' | 'carrier'>(kind: Kind) => makeId(kind, instant(1), seals.random(10))
const cabinet = id('cabinet')
const certificate: Certificate = {
  keyId: 2,
  serial: '0123456789abcdef',
  person: id('person'),
  carrier: id('carrier'),
  doors: 60,
  from: instant(1_795_000_000_123),
  until: instant(1_795_086_400_123),
  key: phone.publicKey,
}
const screen: CertificateAnswer = { cabinet, nonce: seals.random(16), number: 7 }

/** As the phone does it; `signedBytes` gives the label, so the bytes behind it are signed as they are. */
function answered(made = certificate, at = screen, by = phone, cloudKey = cloud): string {
  const bytes = signCertificate(seals, cloudKey.privateKey, made)
  const body = concatBytes(bytes, answerBytes(bytes, at).subarray(answerBytes(bytes, at).length - 33))
  const signature = seals.sign(by.privateKey, { kind: 'certificate-answer', bytes: body })
  return certificateText(bytes, at, signature)
}

const read = (text: string, at = cabinet) => openCertificate(seals, keys, { text, cabinet: at })
const refusal = (text: string, at = cabinet): string => {
  const opened = read(text, at)
  return opened.ok ? 'taken' : opened.refusal
}

describe('a certificate before the scanner', () => {
  it('says who, for whom, with which key, for which screen', () => {
    const opened = read(answered())
    expect(opened).toEqual({ ok: true, presented: { certificate, nonce: screen.nonce, number: 7 } })
  })

  it.each([0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 48 - 1])('carries the instant %i whole', (time) => {
    const at: Instant = instant(time)
    const opened = read(answered({ ...certificate, from: at, until: at }))
    expect(opened.ok && opened.presented.certificate).toMatchObject({ from: at, until: at })
  })

  it('fits into one code that a counter scanner reads', () => {
    expect(certificateLength).toBe(184)
    expect(answered().length).toBeLessThan(420)
  })

  it.each<readonly [string, () => string, string]>([
    [
      'another cabinet’s screen',
      () => answered(certificate, { ...screen, cabinet: id('cabinet') }),
      'certificate-forged',
    ],
    ['another phone’s key', () => answered(certificate, screen, seals.generate('p256')), 'certificate-forged'],
    [
      'somebody else’s word',
      () => answered(certificate, screen, phone, seals.generate('ed25519')),
      'certificate-forged',
    ],
    ['a key that is not pinned', () => answered({ ...certificate, keyId: 3 }), 'certificate-forged'],
    ['a torn code', () => answered().slice(0, -3), 'certificate-malformed'],
    ['a longer code', () => `${answered()}000`, 'certificate-malformed'],
    ['no Base45', () => 'HF3:äöü', 'certificate-malformed'],
    ['nothing', () => 'HF3:', 'certificate-malformed'],
    ['a grant’s prefix', () => answered().replace('HF3:', 'HF1:'), 'certificate-malformed'],
  ])('is refused: %s', (_, text, code) => {
    expect(refusal(text())).toBe(code)
  })

  it('does not hold at another cabinet, for another nonce or number', () => {
    const text = answered()
    expect(refusal(text, id('cabinet'))).toBe('certificate-forged')
    const bytes = signCertificate(seals, cloud.privateKey, certificate)
    const body = concatBytes(bytes, answerBytes(bytes, screen).slice(-33))
    const signature = seals.sign(phone.privateKey, { kind: 'certificate-answer', bytes: body })
    expect(refusal(certificateText(bytes, { ...screen, number: 8 }, signature))).toBe('certificate-forged')
    expect(refusal(certificateText(bytes, { ...screen, nonce: seals.random(16) }, signature))).toBe(
      'certificate-forged',
    )
    expect(refusal(certificateText(bytes, screen, signature))).toBe('taken')
  })

  it('says every bent byte of its own', () => {
    const bytes = signCertificate(seals, cloud.privateKey, certificate)
    for (let at = 0; at < bytes.length; at += 1) {
      const bent = bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
      const body = concatBytes(bent, answerBytes(bent, screen).slice(-33))
      const signature = seals.sign(phone.privateKey, { kind: 'certificate-answer', bytes: body })
      expect(refusal(certificateText(bent, screen, signature))).toMatch(/^certificate-/)
    }
  })

  it('is no label, and no label is one', () => {
    expect([answered(), 'SF1234567890123', 'HF1:X', 'HF2:X', ''].map(isCertificateText)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('is not written with a field that does not fit', () => {
    const wrong: readonly Partial<Certificate>[] = [
      { keyId: 256 },
      { doors: -1 },
      { doors: 256 },
      { serial: 'XYZ' },
      { key: cloud.publicKey },
    ]
    for (const change of wrong)
      expect(() => signCertificate(seals, cloud.privateKey, { ...certificate, ...change })).toThrow(RangeError)
  })
})
