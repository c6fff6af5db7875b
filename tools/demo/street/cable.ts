import { connect, createServer, type Socket } from 'node:net'
import { portOf } from './ports.ts'

/** A cabinet's uplink as a cable that can be cut: TCP in between, no protocol known. */
export interface Cable {
  readonly port: number
  cut(isCut: boolean): void
  isCut(): boolean
  stop(): Promise<void>
}

export async function layCable(to: { readonly host: string; readonly port: number }, port = 0): Promise<Cable> {
  let cutNow = false
  const ends = new Set<Socket>()
  const server = createServer((near) => {
    if (cutNow) {
      near.destroy()
      return
    }
    const far = connect(to.port, to.host)
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end)
      end.on('error', () => other.destroy())
      end.on('close', () => {
        ends.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: portOf(server),
    cut: (isCut) => {
      cutNow = isCut
      if (isCut) for (const end of ends) end.destroy()
    },
    isCut: () => cutNow,
    stop: () =>
      new Promise((resolve) => {
        for (const end of ends) end.destroy()
        server.close(() => resolve())
      }),
  }
}
