import { Value } from 'typebox/value'
import type { Call, FakeRoute, Reply } from './routes.testing.ts'

export const notSignedIn = {
  error: {
    code: 'not-signed-in',
    message: 'Sign in first.',
    messages: { en: 'Sign in first.', zh: '请先登录。', ko: '먼저 로그인하세요.' },
  },
}

/** Answers a call by the routes; where app, answer and wire's schemas disagree, it is said. */
export function judge(routes: readonly FakeRoute[], violations: string[]): (call: Call) => Reply {
  return (call) => {
    const found = routes
      .map((route) => ({ route, match: route.at.exec(`${call.method} ${call.path}`) }))
      .find(({ match }) => match)
    if (found === undefined) {
      violations.push(`${call.method} ${call.path}: no such route`)
      return { status: 404, body: { error: { code: 'not-found', message: 'Nothing here', messages: {} } } }
    }
    const { route, match } = found
    if (route.body !== undefined && !Value.Check(route.body, call.body ?? {})) {
      violations.push(`${call.path}: body ${JSON.stringify(call.body)}`)
    }
    const reply = route.handle({ ...call, params: match?.slice(1) ?? [] })
    if (reply.status < 300 && route.reply !== undefined && !Value.Check(route.reply, reply.body)) {
      violations.push(`${call.path}: reply ${JSON.stringify([...Value.Errors(route.reply, reply.body)].slice(0, 3))}`)
    }
    return reply
  }
}
