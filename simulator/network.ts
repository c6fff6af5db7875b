import type { TwinPorts } from '@holdfast/terminal/twin.ts'
import type { Chance } from './seed/chance.ts'
import type { VirtualClock } from './seed/clock.ts'

export type Connect = TwinPorts['connect']

/** What the air does to messages; all 0 is a good day. */
export interface Weather {
  readonly loss: number
  readonly doubled: number
  /** Longest delay; each message draws its own, so they overtake each other. */
  readonly delayMs: number
  /** What goes nowhere though both ends believe themselves connected. */
  readonly blocked: Way | undefined
}

type Way = 'up' | 'down'

export const goodWeather: Weather = { loss: 0, doubled: 0, delayMs: 30, blocked: undefined }

/** A broker between one cabinet and the cloud: a wire, not a store. What meets a cut is gone. */
export interface Network {
  /** The cabinet's end; ends of earlier boots hear and say nothing any more. */
  readonly connect: Connect
  /** From the cloud down to the cabinet. */
  send(topic: string, payload: Uint8Array): void
  /** What reaches the cloud. */
  onUp(listener: (topic: string, payload: Uint8Array) => void): void
  setWeather(weather: Weather): void
  cut(on: boolean): void
  isCut(): boolean
  /** The broker forgets everybody, and what was on its way; or another took the session over for a moment. */
  drop(): void
}

type Ends = Parameters<Connect>[1]

interface Air {
  weather: Weather
  isCut: boolean
  end: Ends | undefined
  /** Rises with each connection: messages on their way when it ended never arrive. */
  connection: number
}

export function createNetwork(clock: VirtualClock, chance: Chance): Network {
  const air: Air = { weather: goodWeather, isCut: false, end: undefined, connection: 0 }
  let heardUp = (_topic: string, _payload: Uint8Array): void => {}
  const carry = carryWith(air, clock, chance)
  const { greet, drop, cut } = createSessions(air, clock)
  return {
    connect: (_place, events) => {
      air.end = events
      air.connection += 1
      greet(events)
      return {
        publish: (topic, payload) => {
          if (air.end === events)
            carry('up', () => {
              heardUp(topic, payload)
            })
        },
        close: () => {
          if (air.end === events) air.end = undefined
          return Promise.resolve()
        },
      }
    },
    send: (topic, payload) => {
      carry('down', () => air.end?.message(topic, payload))
    },
    onUp: (listener) => {
      heardUp = listener
    },
    setWeather: (to) => {
      air.weather = to
    },
    cut,
    isCut: () => air.isCut,
    drop,
  }
}

/** How a connection begins and ends; whatever is on its way when it ends is gone. */
function createSessions(air: Air, clock: VirtualClock) {
  const greet = (to: Ends): void => {
    const of = air.connection
    clock.after(50, () => {
      if (of === air.connection && air.end === to && !air.isCut) to.online()
    })
  }
  return {
    greet,
    drop: (): void => {
      air.connection += 1
      if (air.end === undefined || air.isCut) return
      air.end.offline()
      greet(air.end)
    },
    cut: (on: boolean): void => {
      if (on === air.isCut) return
      air.isCut = on
      air.connection += 1
      if (air.end === undefined) return
      if (on) air.end.offline()
      else greet(air.end)
    },
  }
}

/** Lost, doubled or late, as the weather is when it leaves; gone where the connection ends before it arrives. */
function carryWith(air: Air, clock: VirtualClock, chance: Chance): (way: Way, deliver: () => void) => void {
  return (way, deliver) => {
    if (air.isCut || air.end === undefined || air.weather.blocked === way) return
    const { connection, weather } = air
    const times = chance.happens(weather.loss) ? 0 : chance.happens(weather.doubled) ? 2 : 1
    for (let copy = 0; copy < times; copy += 1) {
      clock.after(1 + chance.draw() * weather.delayMs, () => {
        if (connection === air.connection && !air.isCut) deliver()
      })
    }
  }
}
