import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** An ext4 file system on a loop device. */
export type Image = {
  readonly file: string
  readonly device: string
  readonly mountPoint: string
  readonly release: () => Promise<void>
}

/** Undefined when a power cut can be played here, else the reason why not. */
export async function powerCutUnavailable(): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-powercut-'))
  try {
    const image = await createImage(directory, 16)
    await image.release()
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

export async function createImage(directory: string, megabytes: number): Promise<Image> {
  const file = join(directory, 'disk.img')
  await writeFile(file, '')
  await truncate(file, megabytes * 1024 * 1024)
  await run('mkfs.ext4', ['-q', '-F', file])
  return await mountImage(file, join(directory, 'disk'))
}

export async function mountImage(file: string, mountPoint: string): Promise<Image> {
  const { stdout } = await run('losetup', ['--find', '--show', file])
  const device = stdout.trim()
  try {
    await mkdir(mountPoint, { recursive: true })
    await run('mount', [device, mountPoint])
  } catch (error) {
    await run('losetup', ['--detach', device])
    throw error
  }
  const release = async (): Promise<void> => {
    await run('umount', [mountPoint])
    await run('losetup', ['--detach', device])
  }
  return { file, device, mountPoint, release }
}

/** Reads below the mounted file system's page cache: what was never synced is not in the copy. */
export async function copyAsPowerLeftIt({ device }: Image, file: string): Promise<void> {
  await run('dd', [`if=${device}`, `of=${file}`, 'bs=4M', 'iflag=direct', 'conv=sparse', 'status=none'])
}
