/** A law that did not hold, by its number in docs/laws.md. */
export class LawBroken extends Error {
  readonly law: number

  constructor(law: number, says: string) {
    super(`law ${law}: ${says}`)
    this.name = 'LawBroken'
    this.law = law
  }
}

export function broken(law: number, says: string): never {
  throw new LawBroken(law, says)
}

export function holds(law: number, claim: boolean, says: () => string): void {
  if (!claim) broken(law, says())
}
