type Door = 'shut' | 'open' | 'stuck'
export function say(door: Door): string {
  switch (door) {
    case 'shut':
      return 'shut'
    case 'open':
      return 'open'
  }
  return ''
}
