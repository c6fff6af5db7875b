import type { IForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser'
import { builtins, libraries } from './libraries.ts'

type From = IForbiddenRuleType['from']
type To = IRegularForbiddenRuleType['to']

const packages = '(core|wire|terminal|cloud|apps|simulator)'
const test = '\\.(test|contract|testing)\\.tsx?$'
/** Root files, files named after their folder, and the two ways into the boards. One list is one expression: `\1` counts through it. */
const faces = [
  '^(?:terminal|cloud|simulator)/[^/]+\\.ts$',
  '/([^/]+)/\\1\\.ts$',
  '^terminal/boards/(?:bench|registry)\\.ts$',
  '^simulator/(?:cabinet/drive|history/records)\\.ts$',
  '^cloud/setup/load-config\\.ts$',
]
/** The town of the simulator enters four of them and nothing else. */
const simulatorFaces = ['^terminal/(?:terminal|twin)\\.ts$', '^terminal/boards/bench\\.ts$', '^cloud/twin\\.ts$']
const builtin: To = { dependencyTypes: ['core'] }
const library: To = {
  dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
}

const never = (name: string, comment: string, from: From, to: To): IForbiddenRuleType => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
})

/** One rule for each row of the table "Who may import whom" (docs/style.md), its parts in the table's order. */
const parts: readonly IForbiddenRuleType[] = [
  never('core-only-core', 'Core imports only core.', { path: '^core/', pathNot: test }, { pathNot: '^core/' }),
  never(
    'core-tests',
    'Tests of core know core, vitest and fast-check.',
    { path: `^core/.*${test}` },
    { pathNot: ['^core/', '/node_modules/|^node_modules/', '^(node:)?\\w+$'] },
  ),
  never('core-values', 'Values stand on nothing.', { path: '^core/values/' }, { path: '^core/(?!values/)' }),
  never(
    'core-decider',
    'The decider stands on values.',
    { path: '^core/decider/' },
    { path: '^core/(?!(values|decider)/)' },
  ),
  never(
    'core-deciders-apart',
    'Cabinet and parcel are deciders of their own; the parcel hears what cabinets say.',
    { path: '^core/(cabinet|parcel)/' },
    { path: '^core/(cabinet|parcel)/', pathNot: ['^core/$1/', '^core/cabinet/events\\.ts$'] },
  ),
  never(
    'wire-only-core',
    'Wire imports core and wire.',
    { path: '^wire/' },
    { path: '^(terminal|cloud|apps|simulator|tools)/' },
  ),
  never(
    'wire-no-node',
    'Wire runs in browsers: Node only in seals/node.ts and the sealing that it is made of.',
    { path: '^wire/', pathNot: [test, '^wire/seals/node(?:\\.hpke)?\\.ts$'] },
    builtin,
  ),
  never(
    'terminal-alone',
    'The terminal knows core and wire.',
    { path: '^terminal/' },
    { path: '^(cloud|apps|simulator)/' },
  ),
  never('cloud-alone', 'The cloud knows core and wire.', { path: '^cloud/' }, { path: '^(terminal|apps|simulator)/' }),
  never(
    'capability-face',
    'One capability sees the face file of another.',
    { path: '^cloud/(?!platform/|setup/)([^/]+)/', pathNot: test },
    { path: '^cloud/[^/]+/', pathNot: ['^cloud/$1/', '^cloud/platform/', '^cloud/([^/]+)/(\\1|facts|events)\\.ts$'] },
  ),
  never(
    'capability-below',
    'No capability knows the composition root.',
    { path: '^cloud/(?!setup/)[^/]+/', pathNot: test },
    { path: '^cloud/[^/]+\\.ts$' },
  ),
  never(
    'platform-below',
    'The platform knows no capability.',
    { path: '^cloud/platform/' },
    { path: '^cloud/(?!platform/)' },
  ),
  never(
    'app-alone',
    'An app knows the kit and itself.',
    { path: '^apps/(?!kit/|build/|gallery/)([^/]+)/', pathNot: test },
    { path: '^apps/[^/]+/', pathNot: ['^apps/$1/', '^apps/kit/'] },
  ),
  never('kit-below', 'The kit knows no app.', { path: '^apps/kit/', pathNot: test }, { path: '^apps/(?!kit/)' }),
  never(
    'apps-outside',
    'Apps know core, wire and the kit.',
    { path: '^apps/', pathNot: test },
    { path: '^(terminal|cloud|simulator)/' },
  ),
  never(
    'apps-in-browsers',
    'Browsers have no Node.',
    { path: '^apps/(?!build/)', pathNot: [test, '\\.config\\.ts$'] },
    builtin,
  ),
  never(
    'simulator-faces',
    'The simulator enters by four faces.',
    { path: '^simulator/', pathNot: test },
    { path: '^(terminal|cloud)/', pathNot: simulatorFaces },
  ),
  never(
    'history-apart',
    'The history checker shares no rule with those whom it judges: ids and the shape of events, and the wire.',
    { path: '^simulator/history/', pathNot: test },
    {
      path: '^(core|terminal|cloud|simulator)/',
      pathNot: [
        '^simulator/history/',
        '^core/values/ids\\.ts$',
        '^core/cabinet/events\\.ts$',
        '^core/access/cause\\.ts$',
      ],
    },
  ),
  never('simulator-no-apps', 'The simulator has no screens.', { path: '^simulator/' }, { path: '^apps/' }),
  never(
    'tools-faces',
    'Tools enter by faces.',
    { path: '^tools/', pathNot: test },
    {
      path: '^(terminal|cloud|simulator)/',
      pathNot: faces,
    },
  ),
  never(
    'tools-unseen',
    'Nobody imports tools; tests may use the browser and the layouts.',
    { path: `^${packages}/`, pathNot: test },
    { path: '^tools/' },
  ),
  never(
    'tools-for-tests',
    'Of the tools tests use the browser and the demo’s layouts alone.',
    { path: `^${packages}/.*${test}` },
    { path: '^tools/', pathNot: ['^tools/browser/', '^tools/demo/layouts\\.ts$'] },
  ),
]

const circle: To = { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }

const everywhere: readonly IForbiddenRuleType[] = [
  // A face's types are named by the files behind it; such circles end at compile time.
  never('no-circle', 'Files that run each other are one file.', {}, circle),
  never('resolves', 'Every import leads somewhere.', {}, { couldNotResolve: true, pathNot: '\\?(url|raw|worker)$' }),
  never('test-unseen', 'No program imports a test.', { pathNot: test }, { path: '\\.test\\.tsx?$' }),
]

const product = { path: `^${packages}/`, pathNot: test }
const modules = (name: string): string => `(^|/)node_modules/(@types/)?${name.replace(/^@types\//, '')}/`
const home = (homes: readonly string[]): string[] => homes.map((place) => `^${place}`)

/** One rule for each library, so that a finding names it. */
const homes: readonly IForbiddenRuleType[] = [
  ...Object.entries(libraries).map(([name, places]) =>
    never(
      `home-of-${name}`,
      `Only ${places.join(', ')}`,
      { ...product, pathNot: [test, ...home(places)] },
      { path: modules(name) },
    ),
  ),
  ...Object.entries(builtins).map(([name, places]) =>
    never(
      `home-of-node:${name}`,
      `Only ${places.join(', ')}`,
      { ...product, pathNot: [test, ...home(places)] },
      { path: `^(node:)?${name}$` },
    ),
  ),
  never('library-without-home', 'A new library gets a row in libraries.ts.', product, {
    ...library,
    pathNot: [
      '^(core|wire|terminal|cloud|apps|simulator|tools)/',
      ...Object.keys(libraries).map(modules),
      modules('node'),
    ],
  }),
]

export const rules: IForbiddenRuleType[] = [...parts, ...everywhere, ...homes]
