const later = async (): Promise<number> => 1
export function start(): void {
  later()
}
