export interface Listeners<Told extends readonly unknown[], Answer> {
  add(listener: (...told: Told) => Answer): () => void
  tell(...told: Told): readonly Answer[]
}

export function createListeners<Told extends readonly unknown[], Answer = void>(): Listeners<Told, Answer> {
  const listeners = new Set<(...told: Told) => Answer>()
  return {
    add: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell: (...told) => [...listeners].map((listener) => listener(...told)),
  }
}
