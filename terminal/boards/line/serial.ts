import { SerialPort } from 'serialport'
import { reasonOf, type OpenDuplex } from './duplex.ts'

/**
 * A serial port, 8N1. Paths come from the config: `list()` needs udevadm and throws without it.
 * The direction of RS-485 is the adapter's business; hang-up on close is off because DTR resets some boards.
 */
export function openSerial(path: string, baud: number): OpenDuplex {
  return (listener) =>
    new Promise((resolve, reject) => {
      const port = new SerialPort({ path, baudRate: baud, autoOpen: false, hupcl: false })
      let reason = 'closed'
      port.on('data', (chunk: Uint8Array) => {
        listener.bytes(chunk)
      })
      port.on('error', (error) => {
        reason = reasonOf(error)
        // A dead pty shows only at a failed write; close then, so that the line is opened anew.
        if (port.isOpen) port.close()
      })
      port.on('close', () => {
        listener.closed(reason)
      })
      port.open((error) => {
        if (error !== null && error !== undefined) {
          reject(Object.assign(error, { code: reasonOf(error) }))
          return
        }
        resolve({
          write: (bytes, sent) => {
            port.write(bytes)
            port.drain((failed) => {
              if (failed === null || failed === undefined) sent()
            })
          },
          close: () => {
            if (port.isOpen) port.close()
          },
        })
      })
    })
}
