import { describe, expect, it } from 'vitest'
import { readRoute, to } from './route.ts'

describe('routes', () => {
  it.each([
    ['', { screen: 'overview', show: undefined }],
    [to.overview, { screen: 'overview', show: undefined }],
    [to.show('suspect'), { screen: 'overview', show: 'suspect' }],
    ['#/?show=constructor', { screen: 'overview', show: undefined }],
    [to.cabinet('cab_1'), { screen: 'cabinet', cabinet: 'cab_1', door: undefined }],
    [to.cabinet('cab_1', 'A/7 柜'), { screen: 'cabinet', cabinet: 'cab_1', door: 'A/7 柜' }],
    ['#/cabinets', { screen: 'nowhere' }],
    [to.sign('cab_1'), { screen: 'sign', cabinet: 'cab_1' }],
    ['#/sign', { screen: 'nowhere' }],
    ['#/sign/cab_1/more', { screen: 'nowhere' }],
    [to.parcels(), { screen: 'parcels', search: '' }],
    [to.parcels('SF 14&x=1'), { screen: 'parcels', search: 'SF 14&x=1' }],
    [to.parcel('par_1'), { screen: 'parcel', parcel: 'par_1' }],
    [to.undelivered, { screen: 'undelivered' }],
    [to.newCabinet, { screen: 'new-cabinet' }],
    [to.house(), { screen: 'house', part: 'start' }],
    [to.house('carriers'), { screen: 'house', part: 'carriers' }],
    ['#/house/cellar', { screen: 'nowhere' }],
    ['#/%E0%A4%A', { screen: 'nowhere' }],
    ['#/undelivered/x', { screen: 'nowhere' }],
    ['#//[', { screen: 'nowhere' }],
    ['#/\\[', { screen: 'nowhere' }],
    ['#//evil.example/parcels', { screen: 'parcels', search: '' }],
  ])('reads %s', (hash, route) => {
    expect(readRoute(hash)).toEqual(route)
  })
})
