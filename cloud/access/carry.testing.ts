import type { AccessPorts } from './access.ts'

/** For claims in which no phone carries anything: whoever asks is a fault. */
export const carriesNothing: Pick<AccessPorts['cabinets'], 'answerCarried' | 'deny' | 'takeCarried'> = {
  answerCarried: async () => await Promise.reject(new Error('nobody asks by phone')),
  deny: async () => undefined,
  takeCarried: async () => await Promise.reject(new Error('nothing is carried here')),
}
