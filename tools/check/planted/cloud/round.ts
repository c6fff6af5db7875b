import { a } from './circle.ts'
export const b = (): number => a()
