import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cloudConfig } from '../../cloud/config.ts'
import { configSchema } from '../../terminal/platform/config.ts'
import { Value } from 'typebox/value'
import { expect, it } from 'vitest'

const example = (name: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../docs/guides/examples/${name}`, import.meta.url)), 'utf8'))

it('shows a cloud configuration that the cloud takes', () => {
  const given = Value.Default(cloudConfig, example('cloud.json'))
  expect(
    [...Value.Errors(cloudConfig, given)].map(({ instancePath, message }) => `${instancePath} ${message}`),
  ).toEqual([])
})

it('shows a terminal configuration that the terminal takes', () => {
  const given = example('terminal.json')
  expect(
    [...Value.Errors(configSchema, given)].map(({ instancePath, message }) => `${instancePath} ${message}`),
  ).toEqual([])
})
