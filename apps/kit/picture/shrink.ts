/** Enough to see what lies in a compartment, and little enough for a phone's network. */
export const pictureMax = { edgePx: 960, characters: 240_000 } as const

/** A smaller JPEG of what the phone or the desk gave, as base64url. Rejects where it is no picture. */
export async function shrink(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, pictureMax.edgePx / Math.max(bitmap.width, bitmap.height))
  for (const quality of [0.7, 0.5, 0.3]) {
    const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    const text = toBase64Url(new Uint8Array(await jpeg.arrayBuffer()))
    if (text.length <= pictureMax.characters) return text
  }
  throw new RangeError('a picture too large to send')
}

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
