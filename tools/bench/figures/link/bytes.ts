import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Card, type Desired, standingMost } from '@holdfast/wire/cabinet/desired.ts'
import { against, type Measure, type Measured, rounded } from '../../figure.ts'
import { type Broker, makeCertificate, startMosquitto } from '../../rigs/broker.ts'
import { type CabinetRig, openCabinetRig } from '../../rigs/cabinet.ts'
import { type FarLine, openFarLine } from '../../rigs/far-line.ts'
import { depositAll, enter, turnMs } from '../../rigs/turns.ts'

const names = 'quiet-bytes, busy-bytes'
const limitBytes = 3_000_000
const depositsADay = 40
/** A cabinet asks for everything every six hours. */
const wholesADay = 4
const daySeconds = 86_400
/** The terminal's own clock: two heartbeats a second instead of two a minute. */
const speed = 60
/** IP and TCP with timestamps: around each segment, and an acknowledgement that travels alone. */
const headerBytes = 52
/** Three ways to open, four to close, without payload. */
const aroundConnection = 7 * 60

/**
 * 4G bytes of a day, up and down, counted under TLS on the sockets between the real terminal and Mosquitto, with the
 * headers that a capture would show. A quiet day: one connection, and as many heartbeats as the sped-up clock sends in
 * the time measured, scaled to a day, and four whole tellings of what the cloud wants it to know, with as many cards as
 * parcels come in a day and as many standing consents as a cabinet keeps. A busy one: 40 deposits and pickups more, by
 * the mean of those measured, with the card put and dropped, a standing consent and the grants that the cloud would send
 * for each.
 */
export const measure: Measure = async ({ short }) => {
  const certificate = await makeCertificate()
  const broker = certificate === undefined ? undefined : await startMosquitto(certificate)
  if (certificate === undefined || broker === undefined) return [{ notRun: `${names} (no openssl or Mosquitto)` }]
  const trust = { NODE_EXTRA_CA_CERTS: certificate.file }
  try {
    const quiet = await withRig(broker, { speed, environment: trust }, async (_, line) => {
      const connected = wireBytes(line)
      const seconds = short ? 8 : 60
      await sleep(seconds * 1_000)
      return { connected, aDay: ((wireBytes(line) - connected) / (seconds * speed)) * daySeconds }
    })
    const { whole, deposit } = await withRig(broker, { speed: 1, environment: trust }, async (rig, line) => {
      const start = wireBytes(line)
      await tellWhole(rig)
      const before = wireBytes(line)
      const deposits = short ? 2 : 10
      await liveThrough(rig, deposits)
      return { whole: before - start, deposit: (wireBytes(line) - before) / deposits }
    })
    const quietDay = quiet.connected + quiet.aDay + wholesADay * whole
    const parts = {
      connectBytes: quiet.connected,
      heartbeatBytes: rounded(quiet.aDay / (daySeconds / 30)),
      wholeBytes: rounded(whole),
    }
    return [
      withParts(against('quiet-bytes', quietDay, 'bytes a day', limitBytes), parts),
      withParts(against('busy-bytes', quietDay + depositsADay * deposit, 'bytes a day', limitBytes), {
        depositBytes: rounded(deposit),
      }),
    ]
  } finally {
    broker.stop()
    certificate.remove()
  }
}

type Way = { readonly speed: number; readonly environment: Readonly<Record<string, string>> }

async function withRig<T>(broker: Broker, way: Way, act: (rig: CabinetRig, line: FarLine) => Promise<T>): Promise<T> {
  const { port } = new URL(broker.tlsUrl)
  const line = await openFarLine(Number(port), { delayMs: 0, loss: 0, random: () => 1 })
  const rig = await openCabinetRig(broker.url, 2 ** 10, { ...way, through: `mqtts://127.0.0.1:${line.port}` })
  try {
    return await act(rig, line)
  } finally {
    await rig.stop()
    await line.stop()
  }
}

/** As the cloud tells it after each connect and every six hours; settled when nothing more goes over the line. */
async function tellWhole(rig: CabinetRig): Promise<void> {
  const { cabinet: _cabinet, v: _v, ...whole } = wholeExample()
  const card = cardExample()
  const putCards = Array.from({ length: depositsADay }, (_, n) => ({ ...card, parcel: digest(n) }))
  const standing = Array.from({ length: standingMost }, (_, n) => digest(n))
  rig.cloud.tell('desired', { ...whole, base: 0, version: 1, putCards, standing })
  await sleep(2 * turnMs)
}

// As random as the real ones: hardly anything compresses.
const digest = (n: number): string => createHash('sha256').update(String(n)).digest('hex')

function wholeExample(): Desired {
  const examples = new URL('../../../../wire/examples/', import.meta.url)
  return JSON.parse(readFileSync(new URL('desired.v1.json', examples), 'utf8')).whole
}

function cardExample(): Card {
  const [card] = wholeExample().putCards
  if (card === undefined) throw new Error('the example has no card')
  return card
}

/** Each with its card, the courier's grant and the recipient's, as the real cloud sends them. */
async function liveThrough(rig: CabinetRig, deposits: number): Promise<void> {
  const card = cardExample()
  for (let n = 0; n < deposits; n += 1) {
    rig.cloud.tell('desired', {
      base: 2 * n + 1,
      version: 2 * n + 2,
      putCards: [card],
      dropCards: [],
      putStanding: [digest(n)],
    })
    const grant = (order: number): void => {
      const id = `ord_01jd00000000000000000${String(10_000 + 2 * n + order)}`
      rig.cloud.tell('orders', { order: id, sentAt: 1, kind: 'grant', grant: 'G'.repeat(300) })
    }
    grant(0)
    const [code = ''] = await depositAll(rig, 1)
    rig.cloud.tell('desired', { base: 2 * n + 2, version: 2 * n + 3, putCards: [], dropCards: [card.parcel] })
    await sleep(turnMs)
    grant(1)
    await enter(rig, code)
  }
}

function wireBytes(line: FarLine): number {
  const { bytes, segments, bareAcks, connects } = line.passed()
  return bytes + (segments + bareAcks) * headerBytes + connects * aroundConnection
}

const withParts = ({ figure, ...bound }: Measured, parts: Readonly<Record<string, number>>): Measured => ({
  figure: { ...figure, ...parts },
  ...bound,
})
