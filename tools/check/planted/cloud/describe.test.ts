import { describe, expect, it } from 'vitest'
describe('a door', () => {
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
  it('shuts', () => {
    expect(1).toBe(1)
  })
})
