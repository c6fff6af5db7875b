import type { Client } from '../../kit/cloud/client.ts'
import { shrink } from '../../kit/picture/shrink.ts'
import { valueOf } from '../cloud/ask.ts'

/** Its digest, for the inspection that stands on it. */
export async function keepPicture(client: Client, cabinet: string, file: Blob): Promise<string> {
  const jpeg = await shrink(file)
  const path = `/v1/operator/cabinets/${encodeURIComponent(cabinet)}/pictures`
  return (await valueOf(client.send<{ readonly picture: string }>(path, { jpeg }))).picture
}
