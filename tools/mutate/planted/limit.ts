export const isOver = (count: number): boolean => count > 3

export function halves(count: number): number {
  let left = count
  let times = 0
  while (left > 1) {
    left = Math.floor(left / 2)
    times += 1
  }
  return times
}

export const doubled = (count: number): number => count * 2
