import ts from 'typescript'

/** One small lie about a program: what stands at a place, and what would stand there instead. */
export interface Mutant {
  readonly id: number
  readonly path: string
  readonly line: number
  readonly kind: Kind
  readonly from: string
  readonly to: string
}

export type Kind =
  | 'condition'
  | 'comparison'
  | 'logic'
  | 'arithmetic'
  | 'negation'
  | 'boolean'
  | 'code'
  | 'list'
  | 'method'
  | 'statement'
  | 'return'

interface Change {
  readonly kind: Kind
  readonly to: string
}

export interface Mutated {
  /** The program with all of them inside, of which `__mutant(id)` lets one or none be true. */
  readonly code: string
  readonly mutants: readonly Mutant[]
}

/**
 * Every mutant of one file, numbered from `first`, written into one program. Loops say `__turn()` each time round,
 * so that one that never ends is seen by its turns and not by a clock.
 */
export function mutate(path: string, text: string, first: number, wanted = true): Mutated {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  const mutants: Mutant[] = []
  const note = (node: ts.Node, { kind, to }: Change): number => {
    const id = first + mutants.length
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    mutants.push({ id, path, line, kind, from: node.getText(), to })
    return id
  }
  const children = (node: ts.Node): string => {
    let written = ''
    let at = node.getStart()
    ts.forEachChild(node, (child) => {
      written += text.slice(at, child.getStart()) + write(child)
      at = child.getEnd()
    })
    return written + text.slice(at, node.getEnd())
  }
  const write = (node: ts.Node): string => {
    if (isOnlyType(node)) return node.getText()
    const changes = wanted ? changesOf(node) : []
    const ids = changes.map((change): readonly [number, Change] => [note(node, change), change])
    const inner = withTurns(node, children(node))
    if (ts.isReturnStatement(node)) return ids.reduce((rest, [id]) => `{if(__mutant(${id}))return;${rest}}`, inner)
    if (ts.isExpressionStatement(node)) {
      const guarded = ids.reduce((rest, [id]) => `{if(!__mutant(${id})){${rest}}}`, inner)
      return stands(node) ? `;${guarded}` : guarded
    }
    return ids.length === 0 ? inner : `(${ids.map(([id, { to }]) => `__mutant(${id})?(${to}):`).join('')}(${inner}))`
  }
  const code = children(source)
  return { code, mutants }
}

/** Without semicolons a line that begins with a bracket would be taken for the end of the line before. */
const stands = (node: ts.Node): boolean =>
  ts.isBlock(node.parent) || ts.isSourceFile(node.parent) || ts.isCaseClause(node.parent)

function withTurns(node: ts.Node, inner: string): string {
  const loop = node.parent
  const isBody = loop !== undefined && (ts.isWhileStatement(loop) || ts.isForStatement(loop) || ts.isDoStatement(loop))
  return isBody && loop.statement === node ? `{__turn();${inner}}` : inner
}

/** What is gone before the program runs. */
const isOnlyType = (node: ts.Node): boolean =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isTypeParameterDeclaration(node)

const comparisons: Readonly<Partial<Record<ts.SyntaxKind, readonly string[]>>> = {
  [ts.SyntaxKind.LessThanToken]: ['<=', '>='],
  [ts.SyntaxKind.LessThanEqualsToken]: ['<', '>'],
  [ts.SyntaxKind.GreaterThanToken]: ['>=', '<='],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['>', '<'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['==='],
}
const arithmetic: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.AsteriskToken]: '/',
  [ts.SyntaxKind.SlashToken]: '*',
  [ts.SyntaxKind.PercentToken]: '*',
}
const logic: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
  [ts.SyntaxKind.QuestionQuestionToken]: '&&',
}

function changesOf(node: ts.Node): readonly Change[] {
  if (!ts.isExpression(node) || isInsideChain(node)) return statementChanges(node)
  const said: Change[] = isCondition(node) ? conditionChanges(node) : []
  if (ts.isBinaryExpression(node)) return [...said, ...binaryChanges(node)]
  if (ts.isPrefixUnaryExpression(node)) return [...said, ...unaryChanges(node)]
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [...said, { kind: 'boolean', to: 'false' }]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [...said, { kind: 'boolean', to: 'true' }]
  if (ts.isStringLiteral(node)) return isCode(node) ? [...said, { kind: 'code', to: "''" }] : said
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0 && !isTarget(node))
    return [...said, { kind: 'list', to: '[]' }]
  return ts.isCallExpression(node) ? [...said, ...methodChanges(node)] : said
}

function statementChanges(node: ts.Node): readonly Change[] {
  const said = ts.isReturnStatement(node) ? node.expression?.getText() : undefined
  if (said !== undefined) return said === 'undefined' ? [] : [{ kind: 'return', to: 'return' }]
  const isCall = ts.isExpressionStatement(node) && node.expression.kind !== ts.SyntaxKind.SuperKeyword
  return isCall && !node.getText().startsWith('super(') ? [{ kind: 'statement', to: '' }] : []
}

/** The middle of `a?.b.c`: wrapped, it would no longer be skipped with its beginning. */
const isInsideChain = (node: ts.Node): boolean =>
  ts.isOptionalChain(node) && ts.isOptionalChain(node.parent) && node.parent.expression === node

const isCondition = (node: ts.Node): boolean =>
  (ts.isIfStatement(node.parent) && node.parent.expression === node) ||
  (ts.isConditionalExpression(node.parent) && node.parent.condition === node) ||
  (ts.isWhileStatement(node.parent) && node.parent.expression === node)

function conditionChanges(node: ts.Node): Change[] {
  const no: Change = { kind: 'condition', to: 'false' }
  return ts.isWhileStatement(node.parent) ? [no] : [no, { kind: 'condition', to: 'true' }]
}

function binaryChanges({ left, operatorToken, right }: ts.BinaryExpression): readonly Change[] {
  const { kind } = operatorToken
  const joinedBy = (operator: string): string => `(${left.getText()}) ${operator} (${right.getText()})`
  const compared = comparisons[kind] ?? []
  if (compared.length > 0) return compared.map((operator) => ({ kind: 'comparison', to: joinedBy(operator) }))
  const calculated = arithmetic[kind]
  if (calculated !== undefined) return [{ kind: 'arithmetic', to: joinedBy(calculated) }]
  const joined = logic[kind]
  return joined === undefined ? [] : [{ kind: 'logic', to: joinedBy(joined) }]
}

function unaryChanges({ operator, operand }: ts.PrefixUnaryExpression): readonly Change[] {
  if (operator === ts.SyntaxKind.ExclamationToken) return [{ kind: 'negation', to: operand.getText() }]
  return operator === ts.SyntaxKind.MinusToken ? [{ kind: 'arithmetic', to: operand.getText() }] : []
}

const others: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
])
const left: ReadonlySet<string> = new Set(['filter', 'slice', 'toSorted', 'toReversed'])

function methodChanges({ expression, arguments: given }: ts.CallExpression): readonly Change[] {
  if (!ts.isPropertyAccessExpression(expression)) return []
  const { name, expression: of, questionDotToken } = expression
  if (left.has(name.text)) return [{ kind: 'method', to: of.getText() }]
  const other = others.get(name.text)
  if (other === undefined) return []
  const dot = questionDotToken === undefined ? '.' : '?.'
  return [{ kind: 'method', to: `${of.getText()}${dot}${other}(${given.map((each) => each.getText()).join(', ')})` }]
}

/** A word of the domain: a type, a stage, a refusal. What an error says to a reader is no behaviour. */
function isCode(node: ts.StringLiteral): boolean {
  if (!/^[A-Za-z][A-Za-z0-9.-]*$/.test(node.text)) return false
  if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) return false
  for (let around: ts.Node = node; around !== undefined; around = around.parent) {
    if (ts.isThrowStatement(around) || ts.isNewExpression(around)) return false
    if (ts.isStatement(around)) return true
  }
  return true
}

const isTarget = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node.parent) &&
  node.parent.left === node &&
  node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
