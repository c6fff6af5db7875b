import type { BrokerEvents, BrokerLink, BrokerPlace, ConnectBroker } from './link.ts'

export interface CuttableNetwork {
  readonly connect: ConnectBroker
  /** The cable out, or in again. */
  cut(on: boolean): void
}

/** A network whose cable demo and tests can pull; no real terminal has one. */
export function createCuttableNetwork(connect: ConnectBroker): CuttableNetwork {
  const ends = new Set<(on: boolean) => void>()
  let isCut = false
  return {
    connect: (place, events) => {
      const end = createEnd(connect, place, events)
      ends.add(end.cut)
      end.cut(isCut)
      return end.link
    },
    cut: (on) => {
      if (on === isCut) return
      isCut = on
      for (const end of ends) end(on)
    },
  }
}

function createEnd(connect: ConnectBroker, place: BrokerPlace, events: BrokerEvents) {
  let live: BrokerLink | undefined
  let isOnline = false
  const start = (): BrokerLink => {
    const mine: BrokerLink = connect(place, {
      online: () => {
        if (live !== mine) return
        isOnline = true
        events.online()
      },
      offline: () => {
        if (live !== mine || !isOnline) return
        isOnline = false
        events.offline()
      },
      message: (topic, payload) => {
        if (live === mine) events.message(topic, payload)
      },
    })
    return mine
  }
  const link: BrokerLink = {
    publish: (topic, payload) => live?.publish(topic, payload),
    close: async () => {
      const last = live
      live = undefined
      await last?.close()
    },
  }
  const cut = (on: boolean): void => {
    if (!on) {
      live ??= start()
      return
    }
    const last = live
    live = undefined
    void last?.close()
    if (isOnline) events.offline()
    isOnline = false
  }
  return { link, cut }
}
