import type { TestProject } from 'vitest/node'
import { findParts } from './parts.ts'
import { root } from './program.ts'

/**
 * Vitest's global set-up: tests read TEST_DATABASE_URL and TEST_MQTT_URL, set only where something answers,
 * however the run was started.
 */
export async function setup(project: TestProject): Promise<void> {
  const { postgres, mqtt } = await findParts(root, process.env)
  if (postgres) process.env['TEST_DATABASE_URL'] = postgres
  else delete process.env['TEST_DATABASE_URL']
  if (mqtt) process.env['TEST_MQTT_URL'] = mqtt
  else delete process.env['TEST_MQTT_URL']
  project.provide('properties', {
    runs: Number(process.env['PROPERTY_RUNS'] ?? 0),
    steps: process.env['PROPERTY_STEPS'] === '1',
    seed: Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31),
  })
  project.provide('fuzz', {
    times: Number(process.env['FUZZ_TIMES'] ?? 1),
    seed: Number(process.env['FUZZ_SEED'] ?? 1),
  })
}
