import { link, open, readFile, unlink } from 'node:fs/promises'
import Type from 'typebox'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { type KeyScheme, readPrivateKey, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { parseConfig } from '../platform/config.ts'
import { codeOf, failure } from '../platform/failure.ts'
import type { CloudKeys, SigningKey } from '../platform/ports.ts'

const storedKey = Type.Object({
  keyId: Type.Integer({ minimum: 0, maximum: 255 }),
  publicKey: Type.String(),
  privateKey: Type.String(),
})
const storedKeys = Type.Object({
  signing: Type.Array(storedKey, { minItems: 2, maxItems: 2 }),
  sealing: Type.Array(storedKey, { minItems: 1, maxItems: 2 }),
  atRest: Type.String(),
})

/** Reads the keys, or makes them where there is no file yet: readable by its owner alone, complete or not there. */
export async function loadKeys(seals: Seals, path: string): Promise<CloudKeys> {
  try {
    return await readKeys(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  await writeKeys(seals, path)
  return await readKeys(path)
}

async function readKeys(path: string): Promise<CloudKeys> {
  const stored = parseConfig(storedKeys, JSON.parse(await readFile(path, 'utf8')), path)
  const [signing, spare] = stored.signing.map((key) => checked(key, 'ed25519', path))
  const [sealing, ...older] = stored.sealing.map((key) => checked(key, 'x25519', path))
  const atRest = bytesFromBase64(stored.atRest)
  if (signing === undefined || spare === undefined || sealing === undefined || atRest?.length !== 32) throw broken(path)
  return { signing: [signing, spare], sealing: [sealing, ...older], atRest }
}

function checked(
  stored: { readonly keyId: number; readonly publicKey: string; readonly privateKey: string },
  scheme: KeyScheme,
  path: string,
): SigningKey {
  const [publicKey, privateKey] = [readPublicKey(stored.publicKey), readPrivateKey(stored.privateKey)]
  const fits = publicKey?.startsWith(`${scheme}:`) === true && privateKey?.startsWith(`${scheme}:`) === true
  if (publicKey === undefined || privateKey === undefined || !fits) throw broken(path)
  return { keyId: stored.keyId, publicKey, privateKey }
}

const broken = (path: string) => failure('keys-broken', `${path} holds no complete set of keys`)

async function writeKeys(seals: Seals, path: string): Promise<void> {
  const made = (scheme: KeyScheme, keyId: number) => ({ keyId, ...seals.generate(scheme) })
  const keys = {
    signing: [made('ed25519', 0), made('ed25519', 1)],
    sealing: [made('x25519', 0)],
    atRest: base64FromBytes(seals.random(32)),
  }
  const half = `${path}.${base64FromBytes(seals.random(9))}`
  const file = await open(half, 'wx', 0o600)
  await file.writeFile(`${JSON.stringify(keys, null, 2)}\n`)
  await file.sync()
  await file.close()
  // A link fails where another process was first: then its keys are the keys.
  await link(half, path).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
  await unlink(half)
}
