/** When a cabinet is dark and quiet for those who live around it: a setting of its operator, in local time. */
export interface Night {
  /** Minutes of the day, 0 to 1439; a night may run over midnight. */
  readonly fromMinute: number
  readonly untilMinute: number
  /** Of what a person chose on the screen. */
  readonly volumePercent: number
  /** Of the dark screen while nobody stands before it; none: all of it. */
  readonly brightnessPercent?: number
}

export const minutesInDay = 1_440

/** What the screen is to do at this minute; undefined: as by day. The same minute twice is no night at all. */
export function nightNow(
  night: Night | undefined,
  minuteOfDay: number,
): Pick<Night, 'volumePercent' | 'brightnessPercent'> | undefined {
  if (night === undefined || night.fromMinute === night.untilMinute) return undefined
  const since = (minuteOfDay - night.fromMinute + minutesInDay) % minutesInDay
  const length = (night.untilMinute - night.fromMinute + minutesInDay) % minutesInDay
  if (since >= length) return undefined
  const { volumePercent, brightnessPercent } = night
  return brightnessPercent === undefined ? { volumePercent } : { volumePercent, brightnessPercent }
}
