export interface Echo {
  /** These very bytes will come back first. */
  expect(bytes: Uint8Array): void
  /** What is left of a chunk after our own bytes are taken out of its front. */
  swallow(chunk: Uint8Array): Uint8Array
  forget(): void
}

/**
 * Takes out exactly the sent bytes, by position: the reply "still closed" is byte for byte the request that it
 * answers, so content alone would eat either both or none. Where the first bytes are others, the adapter does
 * not echo after all and nothing is withheld.
 */
export function createEcho(): Echo {
  let sent = new Uint8Array(0)
  let seen = 0
  const forget = (): void => {
    sent = new Uint8Array(0)
    seen = 0
  }
  return {
    expect: (bytes) => {
      sent = bytes.slice()
      seen = 0
    },
    swallow: (chunk) => {
      if (seen === sent.length) return chunk
      for (let at = 0; at < chunk.length; at += 1) {
        if (seen === sent.length) return chunk.subarray(at)
        if (chunk[at] !== sent[seen]) {
          const unlike = Uint8Array.from([...sent.subarray(0, seen - at), ...chunk])
          forget()
          return unlike
        }
        seen += 1
      }
      return new Uint8Array(0)
    },
    forget,
  }
}
