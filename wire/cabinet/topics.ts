import { readId, type CabinetId } from '@holdfast/core/values/ids.ts'

/** `hf/1/<shard>/<cabinet>/<direction>/<channel>` (wire.md). MQTT 3.1.1, QoS 1, clean session, nothing retained. */
export const upChannels = ['facts', 'answers', 'asks', 'health'] as const
export const downChannels = ['orders', 'acks', 'desired'] as const
export type UpChannel = (typeof upChannels)[number]
export type DownChannel = (typeof downChannels)[number]

export const shardCount = 1024

export interface CabinetPlace {
  readonly shard: number
  readonly cabinet: CabinetId
}

/** First 10 bits of SHA-256 over the cabinet's id as text. */
export function shardOf(hashOfCabinetId: Uint8Array): number {
  return ((hashOfCabinetId[0] ?? 0) << 2) | ((hashOfCabinetId[1] ?? 0) >> 6)
}

export const upTopic = (place: CabinetPlace, channel: UpChannel): string => `${prefixOf(place)}/up/${channel}`
export const downTopic = (place: CabinetPlace, channel: DownChannel): string => `${prefixOf(place)}/down/${channel}`
export const allDown = (place: CabinetPlace): string => `${prefixOf(place)}/down/+`

/** What an ingest process subscribes to for one shard; `+` for all of them. */
export const shardUp = (shard: number | '+', channel: UpChannel): string => `hf/1/${shard}/+/up/${channel}`

export interface ReadTopic extends CabinetPlace {
  readonly direction: 'up' | 'down'
  readonly channel: UpChannel | DownChannel
}

export function readTopic(topic: string): ReadTopic | undefined {
  const [root, version, shardText, cabinetText, direction, channel, ...rest] = topic.split('/')
  if (root !== 'hf' || version !== '1' || rest.length > 0) return undefined
  const shard = readShard(shardText ?? '')
  const cabinet = readId('cabinet', cabinetText ?? '')
  if (shard === undefined || cabinet === undefined) return undefined
  const channels: readonly string[] = direction === 'up' ? upChannels : direction === 'down' ? downChannels : []
  const known = channels.find((name) => name === channel)
  if (known === undefined) return undefined
  return { shard, cabinet, direction: direction as 'up' | 'down', channel: known as UpChannel | DownChannel }
}

/** As `upTopic` writes it and no other way: one cabinet has one topic. */
function readShard(text: string): number | undefined {
  return /^(0|[1-9][0-9]{0,3})$/.test(text) && Number(text) < shardCount ? Number(text) : undefined
}

const prefixOf = ({ shard, cabinet }: CabinetPlace): string => `hf/1/${shard}/${cabinet}`
