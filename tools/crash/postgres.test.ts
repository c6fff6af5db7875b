import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startProgram } from '../bench/rigs/program.ts'

const script = fileURLToPath(new URL('postgres.program.testing.ts', import.meta.url))

describe('what a run has started for itself ends with it', () => {
  it.each([
    ['PostgreSQL', 'SIGTERM'],
    ['Mosquitto', 'SIGTERM'],
    ['Mosquitto', 'SIGINT'],
    ['Mosquitto', 'SIGKILL'],
  ] as const)(
    '%s, where the run is ended by %s from outside',
    async (what, signal) => {
      const program = startProgram(script, what)
      const url = await program.act<string | null>('where')
      if (url === null) {
        await program.stop()
        return
      }
      const socket = connect(Number(new URL(url).port), '127.0.0.1').resume()
      // Whoever is ended at once may reset the line.
      socket.on('error', () => undefined)
      await once(socket, 'connect')
      const closed = once(socket, 'close')
      process.kill(program.pid, signal)
      expect(await closed).toBeDefined()
    },
    60_000,
  )
})
