import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type PeopleRefusal =
  | 'phone-unreadable'
  | 'code-too-soon'
  | 'codes-spent'
  | 'sign-in-code-wrong'
  | 'courier-unknown'
  | 'sign-in-failed'
  | 'sign-in-throttled'
  | 'password-too-short'
  | 'staff-exists'
  | 'staff-unknown'
  | 'last-manager'
  | 'link-spent'
  | 'carrier-not-kept'
  | 'courier-not-yours'
  | 'employment-exists'
  | 'employment-ends-first'

export const peopleCodes = {
  'phone-unreadable': {
    status: 400,
    ...say(
      'This phone number cannot be read. Send it with its country code.',
      '手机号无法识别，请附上国家代码。',
      '전화번호를 읽을 수 없습니다. 국가 번호와 함께 보내세요.',
    ),
  },
  'code-too-soon': {
    status: 429,
    ...say(
      'A code was sent a moment ago. Wait a minute before asking for another.',
      '验证码刚刚发送，请一分钟后再获取。',
      '방금 인증번호를 보냈습니다. 1분 뒤에 다시 요청하세요.',
    ),
  },
  'codes-spent': {
    status: 429,
    ...say(
      'No more codes for this phone today. Use the last one, or try again tomorrow.',
      '该手机号今日验证码次数已用完，请使用最近一条或明日再试。',
      '이 번호로 오늘 받을 수 있는 인증번호를 모두 썼습니다. 마지막 번호를 쓰거나 내일 다시 시도하세요.',
    ),
  },
  'sign-in-code-wrong': {
    status: 401,
    ...say(
      'The code does not fit or has expired. Check it, or ask for a new one.',
      '验证码不正确或已过期，请核对或重新获取。',
      '인증번호가 맞지 않거나 만료되었습니다. 확인하거나 새로 요청하세요.',
    ),
  },
  'courier-unknown': {
    status: 403,
    ...say(
      'No carrier has named this phone as a courier. Ask your outlet to register it.',
      '该手机号未登记为快递员，请联系所属网点登记。',
      '배송기사로 등록되지 않은 번호입니다. 소속 영업소에 등록을 요청하세요.',
    ),
  },
  'sign-in-failed': {
    status: 401,
    ...say('E-mail or password is wrong.', '邮箱或密码错误。', '이메일 또는 비밀번호가 올바르지 않습니다.'),
  },
  'sign-in-throttled': {
    status: 429,
    ...say(
      'Too many tries. Wait fifteen minutes, then sign in again.',
      '尝试次数过多，请十五分钟后再登录。',
      '시도가 너무 많습니다. 15분 뒤에 다시 로그인하세요.',
    ),
  },
  'password-too-short': {
    status: 400,
    ...say(
      'Choose a password of at least 12 characters.',
      '请设置至少 12 个字符的密码。',
      '12자 이상의 비밀번호를 정하세요.',
    ),
  },
  'staff-exists': {
    status: 409,
    ...say('This e-mail already has an account.', '该邮箱已有账号。', '이미 계정이 있는 이메일입니다.'),
  },
  'staff-unknown': {
    status: 404,
    ...say('There is no such colleague.', '没有该同事。', '해당 동료가 없습니다.'),
  },
  'last-manager': {
    status: 409,
    ...say(
      'This is the last manager. Make somebody else a manager first.',
      '这是最后一位管理员，请先指定另一位管理员。',
      '마지막 관리자입니다. 먼저 다른 사람을 관리자로 정하세요.',
    ),
  },
  'link-spent': {
    status: 410,
    ...say(
      'This link was used already or is too old. Ask a manager for a new one.',
      '该链接已被使用或已过期，请向管理员索取新链接。',
      '이미 사용했거나 오래된 링크입니다. 관리자에게 새 링크를 요청하세요.',
    ),
  },
  'carrier-not-kept': {
    status: 403,
    ...say(
      'You do not look after this carrier here.',
      '该快递企业不由您管理。',
      '이 택배사는 귀사가 관리하지 않습니다.',
    ),
  },
  'courier-not-yours': {
    status: 404,
    ...say('There is no such courier among yours.', '您的快递员中没有此人。', '관리하는 배송기사 가운데 없습니다.'),
  },
  'employment-exists': {
    status: 409,
    ...say(
      'This courier already works for this carrier. End that employment first.',
      '该快递员已受雇于此公司，请先结束原有雇佣。',
      '이미 이 택배사 소속입니다. 먼저 기존 소속을 종료하세요.',
    ),
  },
  'employment-ends-first': {
    status: 400,
    ...say(
      'The employment must end after it begins.',
      '结束时间必须晚于开始时间。',
      '종료 시각은 시작 시각보다 늦어야 합니다.',
    ),
  },
} as const satisfies CodeTable<PeopleRefusal>
