export function deep(a: boolean): number {
  if (a) {
    for (const b of [1]) {
      while (b > 0) {
        if (b > 1) return 1
      }
    }
  }
  return 0
}
