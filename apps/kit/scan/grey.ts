/** One plane of light, row by row, 0 dark to 255. */
export interface Grey {
  readonly width: number
  readonly height: number
  readonly light: Uint8ClampedArray<ArrayBuffer>
}

/** Pixels as a canvas gives them. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray<ArrayBufferLike>
}

export function greyOf({ width, height, data }: Pixels): Grey {
  const light = new Uint8ClampedArray(width * height)
  for (let i = 0, p = 0; i < light.length; i++, p += 4) {
    light[i] = ((data[p] ?? 0) * 77 + (data[p + 1] ?? 0) * 150 + (data[p + 2] ?? 0) * 29) >> 8
  }
  return { width, height, light }
}

/** Averages 3 × 3, then spreads what lies between the 1st and 99th percentile over the whole range. */
export function stretch({ width, height, light }: Grey): Grey {
  const smooth = new Uint8ClampedArray(light.length)
  const counts = new Uint32Array(256)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = Math.round(around(light, width, height, x, y) / 9)
      smooth[y * width + x] = value
      counts[value] = (counts[value] ?? 0) + 1
    }
  }
  const low = percentile(counts, light.length * 0.01)
  const high = percentile(counts, light.length * 0.99)
  const scale = 255 / Math.max(1, high - low)
  return { width, height, light: smooth.map((value) => (value - low) * scale) }
}

function around(light: Uint8ClampedArray, width: number, height: number, x: number, y: number): number {
  let sum = 0
  for (let dy = -1; dy <= 1; dy++) {
    const row = Math.min(height - 1, Math.max(0, y + dy)) * width
    for (let dx = -1; dx <= 1; dx++) sum += light[row + Math.min(width - 1, Math.max(0, x + dx))] ?? 0
  }
  return sum
}

function percentile(counts: Uint32Array, share: number): number {
  let seen = 0
  for (let value = 0; value < 256; value++) {
    seen += counts[value] ?? 0
    if (seen > share) return value
  }
  return 255
}

/** Turned about the middle on a white ground of the same size. */
export function rotate({ width, height, light }: Grey, degrees: number): Grey {
  const turned = new Uint8ClampedArray(light.length).fill(255)
  const cos = Math.cos((degrees * Math.PI) / 180)
  const sin = Math.sin((degrees * Math.PI) / 180)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = x - width / 2
      const dy = y - height / 2
      const fromX = Math.round(dx * cos + dy * sin + width / 2)
      const fromY = Math.round(dy * cos - dx * sin + height / 2)
      if (fromX < 0 || fromX >= width || fromY < 0 || fromY >= height) continue
      turned[y * width + x] = light[fromY * width + fromX] ?? 255
    }
  }
  return { width, height, light: turned }
}

export function pixelsOf({ width, height, light }: Grey): ImageData {
  const image = new ImageData(width, height)
  for (let i = 0, p = 0; i < light.length; i++, p += 4) {
    const value = light[i] ?? 0
    image.data[p] = value
    image.data[p + 1] = value
    image.data[p + 2] = value
    image.data[p + 3] = 255
  }
  return image
}
