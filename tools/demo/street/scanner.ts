import { connect } from 'node:net'

const withinMs = 2_000

/** Holds a text before a cabinet's virtual scanner; false where none answers. */
export function holdBeforeScanner(port: number, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.setTimeout(withinMs, () => socket.destroy(new Error('timeout')))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.end(`${text}\r`))
    socket.once('close', (failed) => resolve(!failed))
  })
}
