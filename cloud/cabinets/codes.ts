import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type CabinetsRefusal =
  | 'cabinet-unknown'
  | 'cabinet-not-enrolled'
  | 'cabinet-offline'
  | 'claim-unknown'
  | 'claim-used'
  | 'claim-expired'
  | 'key-unfit'
  | 'layout-unsound'
  | 'hours-unreadable'
  | 'outage-times-unsound'
  | 'outage-unknown'
  | 'outage-begun'
  | 'order-unknown'
  | 'compartment-unknown'
  | 'deposit-not-here'
  | 'picture-unknown'
  | 'picture-unreadable'
  | 'staff-openings-spent'
  | 'second-person-needed'
  | 'operator-openings-stopped'

export const cabinetsCodes = {
  'cabinet-unknown': {
    status: 404,
    ...say('There is no such cabinet.', '没有该柜机。', '해당 보관함이 없습니다.'),
  },
  'outage-times-unsound': {
    status: 400,
    ...say(
      'A planned outage begins in the coming 90 days and lasts from half an hour to 30 days.',
      '计划停用须在未来 90 天内开始，时长为半小时至 30 天。',
      '예정된 중단은 앞으로 90일 안에 시작하고 30분에서 30일 사이여야 합니다.',
    ),
  },
  'outage-unknown': {
    status: 404,
    ...say('There is no such planned outage.', '没有该计划停用。', '해당하는 예정된 중단이 없습니다.'),
  },
  'outage-begun': {
    status: 409,
    ...say(
      'This outage has begun: it can no longer be called off.',
      '停用已开始，无法再取消。',
      '이미 시작된 중단은 취소할 수 없습니다.',
    ),
  },
  'hours-unreadable': {
    status: 400,
    ...say(
      'These hours cannot be counted with. Write them like “Mon-Fri 08:00-22:00; Sat 9-13; Sun closed”, or leave them out where it never closes.',
      '开放时间无法识别。请写成“周一至周五 08:00-22:00；周六 9-13；周日休息”，全天开放则留空。',
      '이용 시간을 읽을 수 없습니다. ‘월-금 08:00-22:00; 토 9-13; 일 휴무’처럼 적고, 항상 열려 있으면 비워 두세요.',
    ),
  },
  'cabinet-not-enrolled': {
    status: 409,
    ...say(
      'The cabinet has not been set up yet. Start its terminal with the claim token.',
      '柜机尚未注册，请用认领码启动终端。',
      '아직 등록되지 않은 보관함입니다. 등록 토큰으로 단말을 시작하세요.',
    ),
  },
  'cabinet-offline': {
    status: 409,
    ...say(
      'The cabinet is offline. Nothing was sent; try again when it is back.',
      '柜机离线，指令未发送，请恢复在线后重试。',
      '보관함이 오프라인이라 보내지 않았습니다. 다시 연결되면 시도하세요.',
    ),
  },
  'claim-unknown': {
    status: 404,
    ...say('This claim token is not known.', '认领码无效。', '알 수 없는 등록 토큰입니다.'),
  },
  'claim-used': {
    status: 409,
    ...say(
      'This claim token was used. Ask your operator for a new one.',
      '该认领码已使用，请向运营方索取新的认领码。',
      '이미 사용된 등록 토큰입니다. 운영사에 새 토큰을 요청하세요.',
    ),
  },
  'claim-expired': {
    status: 410,
    ...say(
      'This claim token has expired. Ask your operator for a new one.',
      '认领码已过期，请向运营方索取新的认领码。',
      '만료된 등록 토큰입니다. 운영사에 새 토큰을 요청하세요.',
    ),
  },
  'key-unfit': {
    status: 400,
    ...say('The public key is not a P-256 key.', '公钥不是 P-256 密钥。', '공개 키가 P-256 키가 아닙니다.'),
  },
  'layout-unsound': {
    status: 400,
    ...say(
      'Two compartments share an id, a label or a lock. Correct the layout.',
      '有格口的编号、标签或锁地址重复，请修正布局。',
      '칸의 번호, 이름 또는 잠금 주소가 겹칩니다. 배치를 고치세요.',
    ),
  },
  'order-unknown': { status: 404, ...say('There is no such order.', '没有该指令。', '해당 명령이 없습니다.') },
  'compartment-unknown': {
    status: 404,
    ...say('There is no such compartment.', '没有该格口。', '해당 칸이 없습니다.'),
  },
  'deposit-not-here': {
    status: 404,
    ...say('This parcel is not behind a door of this cabinet.', '该快件不在此柜中。', '이 보관함에 없는 택배입니다.'),
  },
  'picture-unknown': {
    status: 404,
    ...say('There is no such picture of this cabinet.', '该柜没有这张照片。', '이 보관함에는 그런 사진이 없습니다.'),
  },
  'picture-unreadable': {
    status: 400,
    ...say(
      'This is no picture that can be read. Take it again.',
      '照片无法读取，请重新拍摄。',
      '읽을 수 없는 사진입니다. 다시 찍어 주세요.',
    ),
  },
  'staff-openings-spent': {
    status: 429,
    ...say(
      'You have opened 20 doors within an hour. Wait, or ask a colleague on site.',
      '您一小时内已远程开箱 20 次，请稍后再试或联系现场同事。',
      '한 시간에 20번 원격으로 열었습니다. 기다리거나 현장 동료에게 부탁하세요.',
    ),
  },
  'second-person-needed': {
    status: 409,
    ...say(
      'Three doors within ten minutes are the most for one person. A colleague must open the next.',
      '十分钟内单人最多开 3 个格口，下一个须由另一位同事操作。',
      '한 사람이 10분에 세 칸까지 열 수 있습니다. 다음 칸은 동료가 열어야 합니다.',
    ),
  },
  'operator-openings-stopped': {
    status: 429,
    ...say(
      'Far more doors than usual were opened remotely. Remote opening rests for an hour; call your manager.',
      '远程开箱次数异常，已暂停一小时，请联系主管。',
      '원격 열기가 평소보다 훨씬 많아 한 시간 중지되었습니다. 관리자에게 연락하세요.',
    ),
  },
} as const satisfies CodeTable<CabinetsRefusal>
