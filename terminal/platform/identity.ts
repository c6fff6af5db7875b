import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { enrolReply } from '@holdfast/wire/http/cabinets.ts'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'

/** Who this cabinet is: what enrolment gave, its own key pair, and the secrets of its pickup codes. */
export const identitySchema = Type.Object({
  ...enrolReply.properties,
  keys: Type.Object({ publicKey: Type.String(), privateKey: Type.String() }),
  /** base64url; with another key or salt every code's tag is another. */
  codeKey: Type.String({ minLength: 43, maxLength: 43 }),
  codeSalt: Type.String({ minLength: 22, maxLength: 43 }),
})
export type Identity = Static<typeof identitySchema>

const identities = Compile(identitySchema)
const pathIn = (folder: string): string => join(folder, 'identity.json')

/** Undefined for a cabinet that never enrolled; throws `identity-broken` for a file that is none. */
export function loadIdentity(folder: string): Identity | undefined {
  const path = pathIn(folder)
  if (!existsSync(path)) return undefined
  const found = parsed(readFileSync(path, 'utf8'))
  if (!identities.Check(found)) throw Object.assign(new Error('identity-broken'), { code: 'identity-broken' })
  return found
}

const keysSchema = identitySchema.properties.keys
const keyPairs = Compile(keysSchema)
const newKeysIn = (folder: string): string => join(folder, 'new-keys.json')

/**
 * The key pair to enrol with: on the disk before the cloud hears of it, so that a start after a lost reply or a power
 * cut shows the same key again and is told the same (the claim token is spent for any other).
 */
export function keysToEnrol<Keys extends Static<typeof keysSchema>>(folder: string, generate: () => Keys): Keys {
  const path = newKeysIn(folder)
  const found = existsSync(path) ? parsed(readFileSync(path, 'utf8')) : undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this program wrote it in that form.
  if (keyPairs.Check(found)) return found as Keys
  const keys = generate()
  mkdirSync(folder, { recursive: true })
  saveWhole(folder, path, { publicKey: keys.publicKey, privateKey: keys.privateKey })
  return keys
}

export function saveIdentity(folder: string, identity: Identity): void {
  saveWhole(folder, pathIn(folder), identity)
  rmSync(newKeysIn(folder), { force: true })
}

/** Whole or not at all, synced with its name, and readable by nobody else. */
function saveWhole(folder: string, path: string, identity: object): void {
  writeFileSync(`${path}.new`, JSON.stringify(identity), { mode: 0o600, flush: true })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
  const directory = openSync(folder, 'r')
  fsyncSync(directory)
  closeSync(directory)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
