import type { Family, FaultPorts } from './faults.ts'

/** What befalls the journal's disk. A write that fails leaves nothing of itself; a torn one is a power cut at a write. */
export function diskFaults({ street: { disk } }: FaultPorts): Family {
  const mend = (): void => disk.fail(undefined)
  return {
    'disk-full': (_chance, lasting) => lasting(3_000, 40_000, [() => disk.fail('full'), mend]),
    'disk-write-fails': (_chance, lasting) => lasting(500, 20_000, [() => disk.fail('writes'), mend]),
    'disk-read-fails': (_chance, lasting) => lasting(500, 10_000, [() => disk.fail('reads'), mend]),
  }
}
