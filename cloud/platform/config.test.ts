import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { parseConfig } from './config.ts'

const Config = Type.Object({ port: Type.Integer({ minimum: 0, default: 8080 }), key: Type.String({ minLength: 8 }) })

it('fills in defaults and converts text', () => {
  expect(parseConfig(Config, { key: 'long enough' }, 'test')).toEqual({ port: 8080, key: 'long enough' })
  expect(parseConfig(Config, { port: '81', key: 'long enough' }, 'test').port).toBe(81)
})

it('tells everything that is wrong at once, and no value', () => {
  const parse = (): unknown => parseConfig(Config, { port: -1, key: 'hush' }, 'cloud.json')
  expect(parse).toThrow(/cloud\.json: .*\/port.*\/key/)
  expect(parse).not.toThrow(/hush/)
})
