import { type Finding, isCode, isTest, nameOf, type Rule } from './tree.ts'

const emptyNames = /(^|[.-])(utils?|helpers?|common|manager|service|base|misc)[.-]/
const hosts = /registry\.(?:npmjs|yarnpkg|npmmirror)\.|npm\.pkg\.github\.com/
const machinePaths = /(?:^|[^\w.])(?:\/work\/|\/root\/|\/home\/\w+\/|\/Users\/\w+\/|[A-Z]:\\Users\\)/
const reminders = /\b(?:TODO|FIXME|XXX|HACK)\b/
const sleepers = /\b(?:it|test|describe)\.(?:skip|todo|only)\b|\bx(?:it|describe)\(/
const decorator = /^\s*@[A-Za-z]\w*(?:\(.*\))?\s*$/
const systemClock = /\bnew Date\(\)/

/** This rule has to say the words that it forbids. */
const speaksOf = (path: string): boolean => /^tools\/tidy\/(words|tidy)\./.test(path)

const eachLine =
  (rule: string, applies: (path: string) => boolean, pattern: RegExp, says: string): Rule =>
  (tree) =>
    tree
      .filter(({ path }) => applies(path) && !speaksOf(path))
      .flatMap(({ path, text }): Finding[] =>
        text
          .split('\n')
          .flatMap((line, index) => (pattern.test(line) ? [{ rule, path: `${path}:${index + 1}`, says }] : [])),
      )

export const fileNames: Rule = (tree) =>
  tree
    .filter(
      ({ path }) =>
        (isCode(path) && emptyNames.test(nameOf(path))) || /(^|\/)(utils?|helpers?|common|misc)\//.test(path),
    )
    .map(({ path }) => ({ rule: 'file-name', path, says: 'says nothing of what is inside' }))

const everywhere = (): boolean => true
const ownClock = (path: string): boolean =>
  isCode(path) && !isTest(path) && !/(^|\/)platform\/clock|^tools\/|^simulator\/fleet|^apps\//.test(path)

/** docs/words.md: the pickup code has one name in Korean, 찾기 번호. */
const otherNames = /(?:수령|찾기|인수|픽업)\s?코드/

const isWords = (path: string): boolean => /(words|languages)\/.*\.json$|(^|\/)codes(\/\w+)?\.ts$/.test(path)
/** Natural words all, and second names of things that docs/words.md names: cabinet, courier, recipient, waybill … */
const secondNames =
  /무인함|휴대전화|배송원|배송 기사|택배 기사|(?<!대리 )수령인|수취인|(?<!운)송장|수[령취]를? ?거부|예고되|快递公司|快递柜|箱门/

export const pickupCodes = eachLine('one-name', everywhere, otherNames, 'is another name of 찾기 번호')
export const screenWords = eachLine('second-name', isWords, secondNames, 'has another word in docs/words.md')
export const places = eachLine('machine-path', everywhere, machinePaths, 'names a place on one machine')
export const registries = eachLine('registry-host', everywhere, hosts, "names a package registry's host")
export const leftovers = eachLine('reminder', everywhere, reminders, 'is a leftover reminder')
export const sleepingTests = eachLine(
  'sleeping-test',
  isTest,
  sleepers,
  'is a test that does not run, or keeps others from it',
)
export const decorators = eachLine('decorator', isCode, decorator, 'is a decorator')
export const clocks = eachLine('clock', ownClock, systemClock, 'reads the clock; it comes in as a port')
