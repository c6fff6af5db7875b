type Door = 'shut' | 'open'
export function say(door: Door): string {
  switch (door) {
    case 'shut':
      return 'shut'
    case 'open':
      return 'open'
    default:
      return ''
  }
}
