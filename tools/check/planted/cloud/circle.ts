import { b } from './round.ts'
export const a = (): number => b()
