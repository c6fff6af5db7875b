import type { CabinetSettings } from '@holdfast/wire/http/desk/settings.ts'

type Night = NonNullable<CabinetSettings['night']>

export interface NightForm {
  readonly from: string
  readonly until: string
  readonly volume: string
  readonly brightness: string
}

/** Minutes of the day out of what a time field says: '22:30'. */
export function minuteOf(text: string): number | undefined {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute)
}

export const timeOf = (minuteOfDay: number): string =>
  [Math.floor(minuteOfDay / 60), minuteOfDay % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** Most houses sleep then. */
const usual: NightForm = { from: '22:00', until: '06:00', volume: '30', brightness: '60' }

export const formOf = (night: Night | null): NightForm =>
  night === null
    ? usual
    : {
        from: timeOf(night.fromMinute),
        until: timeOf(night.untilMinute),
        volume: String(night.volumePercent),
        brightness: String(night.brightnessPercent ?? 100),
      }

/** Undefined where it is no night: a time that is none, the same one twice, no volume from 0 to 100, or a screen too faint to read. */
export function nightFrom({ from, until, volume, brightness }: NightForm): Night | undefined {
  const [fromMinute, untilMinute] = [minuteOf(from), minuteOf(until)]
  if (fromMinute === undefined || untilMinute === undefined || fromMinute === untilMinute) return undefined
  const isSound = /^(\d{1,2}|100)$/.test(volume) && /^([6-9]\d|100)$/.test(brightness)
  return isSound
    ? { fromMinute, untilMinute, volumePercent: Number(volume), brightnessPercent: Number(brightness) }
    : undefined
}
