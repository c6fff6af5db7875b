export const same = (a: number, b: unknown): boolean => a == b
