import { describe, expect, it } from 'vitest'
import type { Tree } from './tree.ts'
import {
  clocks,
  decorators,
  fileNames,
  leftovers,
  pickupCodes,
  places,
  registries,
  screenWords,
  sleepingTests,
} from './words.ts'

const line = (path: string, text: string): Tree => [{ path, text: `const first = 1\n${text}\n` }]

describe('a file name', () => {
  it.each([
    'core/door/door-utils.ts',
    'cloud/helpers/page.ts',
    'terminal/line.helper.ts',
    'cloud/common.ts',
    'cloud/mail-service.ts',
  ])('may not say nothing: %s', (path) => {
    expect(fileNames([{ path, text: '' }])).toMatchObject([{ rule: 'file-name', path }])
  })

  it.each(['core/door/door.ts', 'cloud/platform/database.ts', 'tsconfig.base.json'])(
    'may say something: %s',
    (path) => {
      expect(fileNames([{ path, text: '' }])).toEqual([])
    },
  )
})

describe('a line', () => {
  it.each([
    [places, 'docs/guides/run.md', 'cd /work/main', 'machine-path'],
    [places, 'tools/demo/main.ts', "const home = '/home/ada/town'", 'machine-path'],
    [registries, 'docs/guides/run.md', 'curl https://registry.npmjs.org/pg', 'registry-host'],
    [pickupCodes, 'apps/kit/words/kiosk/ko.json', '"a": "수령 코드를 입력하세요"', 'one-name'],
    [pickupCodes, 'cloud/notices/templates/languages/ko.json', '"a": "찾기코드: {code}"', 'one-name'],
    [pickupCodes, 'docs/guides/run.md', '픽업 코드', 'one-name'],
    [screenWords, 'apps/kit/words/house/ko.json', '"a": "무인함 만들기"', 'second-name'],
    [screenWords, 'apps/kit/words/courier/ko.json', '"a": "송장 번호 입력"', 'second-name'],
    [screenWords, 'apps/kit/words/operator/ko.json', '"a": "수취를 거부함"', 'second-name'],
    [screenWords, 'cloud/notices/templates/languages/zh.json', '"a": "快递柜快满了"', 'second-name'],
    [leftovers, 'core/door/door.ts', '// TODO shut it', 'reminder'],
    [leftovers, 'docs/guides/run.md', 'FIXME: say how', 'reminder'],
    [sleepingTests, 'core/door/door.test.ts', "it.skip('shuts', () => {})", 'sleeping-test'],
    [sleepingTests, 'core/door/door.test.ts', "describe.only('a door', () => {})", 'sleeping-test'],
    [decorators, 'cloud/people/people.ts', '  @Injectable()', 'decorator'],
    [clocks, 'terminal/journal/journal.ts', 'const at = new Date()', 'clock'],
  ])('may not offend: %o in %s', (rule, path, text, name) => {
    expect(rule(line(path, text))).toMatchObject([{ rule: name, path: `${path}:2` }])
  })

  it.each([
    [screenWords, 'apps/kit/words/courier/ko.json', '"a": "운송장 번호를 입력하세요"'],
    [screenWords, 'apps/kit/words/kiosk/ko.json', '"a": "대리 수령인, 배송기사, 수취 거절"'],
    [screenWords, 'docs/words.md', '快递柜 in casual text'],
    [places, 'docs/guides/deploy.md', 'WorkingDirectory=/var/lib/holdfast'],
    [places, 'wire/http/routes.ts', "route('/courier/work/today')"],
    [leftovers, 'core/door/door.ts', '// a hackneyed word'],
    [sleepingTests, 'cloud/store.contract.ts', "describe.skipIf(!postgres)('PostgreSQL', () => {})"],
    [decorators, 'core/door/door.ts', ' * @param door'],
    [clocks, 'terminal/platform/clock.ts', 'const at = new Date()'],
    [clocks, 'core/values/instants.ts', 'new Date(instant)'],
  ])('may look like an offence: %o in %s', (rule, path, text) => {
    expect(rule(line(path, text))).toEqual([])
  })
})
