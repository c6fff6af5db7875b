import { scanning } from './courier/scan.testing.ts'
import { overflow } from './overflow/overflow.testing.ts'

const keypad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'Clear all', '0', 'Delete last digit']

export interface Expected {
  /** English, Chinese, Korean; three empty ones where a picture says it. */
  readonly title: readonly [en: string, zh: string, ko: string]
  /** All of them, in reading order: what is not here cannot be done on that screen. */
  readonly buttons: readonly string[]
  /** What the frame offers beside them. */
  readonly steps: readonly ('Back' | 'More time' | 'Stop')[]
}

const idle: Expected = {
  title: ['Welcome', '您好', '안녕하세요'],
  buttons: ['Pick up With a code or your phone', 'Deliver For couriers'],
  steps: [],
}

const pictured: Expected = { title: ['', '', ''], buttons: [], steps: [] }

const openA02: Expected['title'] = ['Door A02 is open', 'A02 号柜门已打开', 'A02번 문이 열렸습니다']
const openActs = ['Damaged?', 'Weight off?', 'Bigger door']
const openEnds = ['It will not shut: another door', 'Cancel this parcel']

/** Every screen that the wire has an example of. */
export const screens: Readonly<Record<string, Expected>> = {
  ...overflow,
  ...scanning,
  'carry-last': {
    title: ['Hold your phone before this code', '请用手机对准这个码', '휴대폰으로 이 코드를 비춰 주세요'],
    buttons: ['My phone has it', 'Finish without my phone'],
    steps: ['More time'],
  },
  carry: {
    title: ['Hold your phone before this code', '请用手机对准这个码', '휴대폰으로 이 코드를 비춰 주세요'],
    buttons: ['My phone has it', 'Later, all together'],
    steps: ['More time'],
  },
  'code-elsewhere': {
    title: ['Your parcel is in “North Gate 2”', '您的快件在“North Gate 2”', '택배는 ‘North Gate 2’에 있습니다'],
    buttons: [...keypad, 'I have no code'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'code-paused': {
    title: ['Type your pickup code', '请输入取件码', '찾기 번호를 입력하세요'],
    buttons: [...keypad, 'I have no code'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'code-step-up': {
    title: ['Type your pickup code', '请输入取件码', '찾기 번호를 입력하세요'],
    buttons: [...keypad, 'I have no code'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'code-wrong': {
    title: ['Type your pickup code', '请输入取件码', '찾기 번호를 입력하세요'],
    buttons: [...keypad, 'I have no code'],
    steps: ['Back', 'More time', 'Stop'],
  },
  code: {
    title: ['Type your pickup code', '请输入取件码', '찾기 번호를 입력하세요'],
    buttons: [...keypad, 'I have no code'],
    steps: ['Back', 'More time', 'Stop'],
  },
  complaint: {
    title: ['What is wrong?', '是什么问题？', '어떤 문제인가요?'],
    buttons: [
      'The door did not open This does not count as picked up',
      'The compartment was empty We look into it at once',
      'This is not my parcel The door opens again; put it back',
      'The parcel is damaged The door opens again; put it back',
      'I do not want it The door opens again; put it back',
    ],
    steps: ['Back', 'More time'],
  },
  'consent-missing': {
    title: ['No consent yet', '收件人尚未同意入柜', '아직 동의가 없습니다'],
    buttons: ['Damaged?', 'Weight off?', 'Ask the recipient', 'Next parcel'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'consent-waiting': {
    title: ['Asked. Waiting for the answer', '已询问，等待答复', '물었습니다. 답을 기다립니다'],
    buttons: ['Damaged?', 'Weight off?', 'Next parcel'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'courier-carrier': {
    title: ['For whom are you delivering?', '您为哪家公司派件？', '어느 택배사로 배송하시나요?'],
    buttons: ['SF Express', 'ZTO Express'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'courier-code': {
    title: ['Type the code from the message', '请输入短信验证码', '인증번호를 입력하세요'],
    buttons: [...keypad],
    steps: ['Back', 'More time', 'Stop'],
  },
  'courier-phone': {
    title: ['Your phone number', '请输入您的手机号', '휴대폰 번호를 입력하세요'],
    buttons: [...keypad, 'Send code'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'deposit-cancelling': {
    title: ['Take the parcel out again', '请取出快件', '택배를 다시 꺼내 주세요'],
    buttons: [],
    steps: ['More time'],
  },
  'deposit-low': {
    title: openA02,
    buttons: [...openActs, ...openEnds],
    steps: ['More time'],
  },
  'deposit-lower': {
    title: openA02,
    buttons: [...openActs, 'Low door', ...openEnds],
    steps: ['More time'],
  },
  'deposit-open': {
    title: openA02,
    buttons: [...openActs, ...openEnds],
    steps: ['More time'],
  },
  'deposit-shut': {
    title: ['Scan the next parcel', '请扫描下一件', '다음 택배를 스캔하세요'],
    buttons: ['Damaged?', 'Weight off?', 'Bigger door', 'Open again', 'Cancel this parcel', 'Type the number', 'Done'],
    steps: ['More time'],
  },
  'deposit-stuck': {
    title: ['Door A02 did not open', 'A02 号柜门没有打开', 'A02번 문이 열리지 않았습니다'],
    buttons: ['Damaged?', 'Weight off?', 'Another door', 'Open again', 'Cancel this parcel'],
    steps: ['More time', 'Stop'],
  },
  failing: pictured,
  'farewell-collected': pictured,
  'farewell-delivered': pictured,
  'farewell-stuck': pictured,
  'idle-full-offline': idle,
  'idle-outage': idle,
  'idle-untouchable': idle,
  'idle-maybe-inside': idle,
  'idle-open-door': idle,
  idle,
  'look-lies': {
    title: ['What is in B02?', 'B02 里有什么？', 'B02 칸에 무엇이 있나요?'],
    buttons: ['It is empty', 'A parcel is inside', 'Leave it'],
    steps: ['More time'],
  },
  'look-open': {
    title: ['Door B02 is open', 'B02 号柜门已打开', 'B02번 문이 열렸습니다'],
    buttons: ['Leave it'],
    steps: ['More time'],
  },
  'look-shut': {
    title: ['What is in B02?', 'B02 里有什么？', 'B02 칸에 무엇이 있나요?'],
    buttons: ['It is empty', 'A parcel is inside', 'Open again', 'Leave it'],
    steps: ['More time'],
  },
  looks: {
    title: ['Nobody is sure about these doors', '这些格口情况不明', '상태가 불확실한 칸입니다'],
    buttons: ['Open a door'],
    steps: ['Back', 'More time', 'Stop'],
  },
  looking: {
    title: ['One moment', '请稍候', '잠시만요'],
    buttons: [],
    steps: ['More time'],
  },
  'lost-code': {
    title: ['Your own phone number', '请输入您的电话号码', '본인 전화번호를 입력하세요'],
    buttons: [...keypad, 'Send me the code'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'lost-code-sent': {
    title: ['Check your phone', '请留意您的电话', '전화를 확인하세요'],
    buttons: ['Type the code'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'pickup-next': {
    title: ['Taken. Anything else here?', '已取出。还有别的快件吗？', '찾았습니다. 더 있나요?'],
    buttons: ['Finish'],
    steps: ['More time'],
  },
  'pickup-open': {
    title: ['Door B09 is open', 'B09 号柜门已打开', 'B09번 문이 열렸습니다'],
    buttons: ['Something is wrong'],
    steps: ['More time'],
  },
  'pickup-opening': {
    title: ['Door B09 is opening', 'B09 号柜门正在打开', 'B09번 문이 열립니다'],
    buttons: [],
    steps: ['More time'],
  },
  'pickup-put-back': {
    title: ['Put the parcel back', '请把快件放回去', '택배를 다시 넣어 주세요'],
    buttons: [],
    steps: ['More time'],
  },
  'pickup-reminded': {
    title: ['Door B09 is still open', 'B09 号柜门还没有关', 'B09번 문이 아직 열려 있습니다'],
    buttons: ['Something is wrong'],
    steps: ['More time'],
  },
  'pickup-shut': {
    title: ['Is everything in order?', '东西都没问题吗？', '이상이 없나요?'],
    buttons: ['All good', 'Open again', 'Something is wrong'],
    steps: ['More time'],
  },
  'pickup-shut-low': {
    title: ['Is everything in order?', '东西都没问题吗？', '이상이 없나요?'],
    buttons: ['All good', 'Open again', 'Something is wrong', 'Low doors for all my parcels'],
    steps: ['More time'],
  },
  'pickup-shut-low-kept': {
    title: ['Is everything in order?', '东西都没问题吗？', '이상이 없나요?'],
    buttons: ['All good', 'Open again', 'Something is wrong'],
    steps: ['More time'],
  },
  'pickup-stuck': {
    title: ['Door B09 did not open', 'B09 号柜门没有打开', 'B09번 문이 열리지 않았습니다'],
    buttons: ['Try again'],
    steps: ['More time', 'Stop'],
  },
  'recall-shut': {
    title: ['Taken out of A05', 'A05 号已取出', 'A05번에서 꺼냈습니다'],
    buttons: ['Open the next door', 'Open again', 'Back to scanning'],
    steps: ['More time'],
  },
  recalls: {
    title: ['Take these parcels out', '请取回这些快件', '이 택배들을 회수하세요'],
    buttons: ['Open the first door'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'phone-asks-consent': {
    title: ['Let your phone ask the recipient', '请用手机征求收件人同意', '휴대폰으로 받는 분에게 물어보세요'],
    buttons: ['Damaged?', 'Weight off?', 'Next parcel'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'phone-asks': {
    title: ['Let your phone ask about this parcel', '请用手机查询此件', '휴대폰으로 이 택배를 물어보세요'],
    buttons: ['Damaged?', 'Weight off?', 'Type the recipient’s number'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'recipient-check': {
    title: ['Is this number right?', '号码对吗？', '번호가 맞나요?'],
    buttons: ['Yes, it is right', 'No, type again'],
    steps: ['Back', 'More time', 'Stop'],
  },
  recipient: {
    title: ['The recipient’s phone number', '收件人电话', '받는 분 전화번호'],
    buttons: ['Damaged?', 'Weight off?', ...keypad, 'Next'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'same-door': {
    title: ['Same door as the parcel before?', '放进同一格口吗？', '같은 칸에 넣을까요?'],
    buttons: ['Damaged?', 'Weight off?', 'Yes, into A05', 'No, another door'],
    steps: ['Back', 'More time', 'Stop'],
  },
  'sign-in': {
    title: ['Couriers: sign in', '快递员登录', '배송기사 로그인'],
    buttons: ['Use phone number instead'],
    steps: ['Back', 'More time', 'Stop'],
  },
  size: {
    title: ['How big is it?', '快件有多大？', '크기를 골라 주세요'],
    buttons: [
      'Damaged?',
      'Weight off?',
      'small 5 doors free',
      'medium 3 doors free',
      'large 1 door free',
      'extra large none free',
    ],
    steps: ['Back', 'More time', 'Stop'],
  },
  'undo-open': {
    title: ['Undo: take the parcel out of A01', '撤回：请取出 A01 中的快件', '되돌리기: A01에서 택배를 꺼내 주세요'],
    buttons: [],
    steps: ['More time'],
  },
  'undo-shut': {
    title: ['Is A01 empty now?', 'A01 现在是空的吗？', 'A01 칸이 비었나요?'],
    buttons: ['Yes, it is empty', 'Open again', 'No, it stays inside'],
    steps: ['More time'],
  },
  unready: {
    title: ['', '', ''],
    buttons: [],
    steps: [],
  },
}
