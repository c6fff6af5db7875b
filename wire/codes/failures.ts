import { say, type CodeTable } from './messages.ts'

/** What a program throws when it cannot go on, for those who run it: what happened and what to do. */
export const failureCodes = {
  'config-unreadable': say(
    'The config file cannot be read. Check the path and that it is JSON.',
    '无法读取配置文件。请检查路径以及是否为 JSON。',
    '설정 파일을 읽을 수 없습니다. 경로와 JSON 형식을 확인하세요.',
  ),
  'config-invalid': say(
    'The config file has wrong or missing places; they are named.',
    '配置文件有错误或缺失项，已列出位置。',
    '설정 파일에 잘못되거나 빠진 항목이 있습니다. 위치가 표시됩니다.',
  ),
  'identity-broken': say(
    'The identity file of this cabinet is damaged. Restore it, or enrol the cabinet anew.',
    '柜体身份文件已损坏。请恢复文件或重新注册。',
    '보관함 신원 파일이 손상되었습니다. 복원하거나 다시 등록하세요.',
  ),
  'claim-token-missing': say(
    'This cabinet has never enrolled and has no claim token. Create one on the dashboard.',
    '柜体尚未注册且没有注册令牌。请在后台创建。',
    '등록되지 않은 보관함이며 등록 토큰이 없습니다. 운영자 화면에서 만드세요.',
  ),
  'claim-token-used': say(
    'This claim token was used already. Create a new one on the dashboard.',
    '注册令牌已被使用。请在后台重新创建。',
    '이미 사용한 등록 토큰입니다. 운영자 화면에서 새로 만드세요.',
  ),
  'enrol-refused': say(
    'The cloud does not accept this claim token. Create a new one.',
    '云端不接受该注册令牌，请重新创建。',
    '클라우드가 등록 토큰을 받아들이지 않습니다. 새로 만드세요.',
  ),
  'enrol-unreachable': say(
    'The cloud does not answer. Check the address and the network; the terminal tries again.',
    '云端没有应答。请检查地址和网络，终端会自动重试。',
    '클라우드가 응답하지 않습니다. 주소와 네트워크를 확인하세요. 단말기가 다시 시도합니다.',
  ),
  'enrol-malformed': say(
    'The answer is not from a Holdfast cloud. Check the address.',
    '应答并非来自 Holdfast 云端，请检查地址。',
    'Holdfast 클라우드의 응답이 아닙니다. 주소를 확인하세요.',
  ),
  'unknown-lock': say(
    'The layout names a lock on a line or board that the config does not have.',
    '布局引用了配置中不存在的线路或锁控板。',
    '설정에 없는 회선이나 보드의 잠금장치가 배치에 있습니다.',
  ),
  'unknown-channel': say(
    'The board has no such channel. Check the layout.',
    '锁控板没有该通道，请检查布局。',
    '보드에 없는 채널입니다. 배치를 확인하세요.',
  ),
  'bad-vectors': say('The vectors file has another shape.', '测试向量文件格式不符。', '벡터 파일의 형식이 다릅니다.'),
  'no-free-port': say(
    'No free port was found. Stop another program or name another port.',
    '找不到空闲端口。请停止其他程序或指定端口。',
    '빈 포트가 없습니다. 다른 프로그램을 멈추거나 포트를 지정하세요.',
  ),
  'journal-disk-full': say(
    'The disk is full: nothing was written. Free some space.',
    '磁盘已满，未写入任何内容。请释放空间。',
    '디스크가 가득 차 아무것도 쓰지 못했습니다. 공간을 확보하세요.',
  ),
  'journal-failed': say(
    'The disk did not take the entry: nothing was written. Look at the disk.',
    '磁盘写入失败，未写入任何内容。请检查磁盘。',
    '디스크에 쓰지 못했습니다. 디스크를 점검하세요.',
  ),
  'journal-busy': say(
    'Another program holds this journal. Stop it first.',
    '日志正被其他程序占用，请先停止它。',
    '다른 프로그램이 저널을 쓰고 있습니다. 먼저 멈추세요.',
  ),
  'journal-broken': say(
    'The journal on disk does not verify. Keep the disk and put in a new one.',
    '磁盘上的日志校验失败。请保留磁盘并更换。',
    '디스크의 저널이 검증되지 않습니다. 디스크를 보관하고 교체하세요.',
  ),
  'journal-not-durable': say(
    'This disk or engine does not sync as promised; the terminal will not start on it.',
    '磁盘或引擎无法可靠同步，终端不会启动。',
    '디스크나 엔진이 약속대로 동기화하지 않아 시작하지 않습니다.',
  ),
  'db-unique-violation': say('Such a row exists already.', '记录已存在。', '이미 있는 기록입니다.'),
  'db-foreign-key-violation': say('The row refers to nothing.', '记录引用不存在。', '참조할 대상이 없습니다.'),
  'db-check-violation': say(
    'The row breaks a rule of the database.',
    '记录违反数据库规则。',
    '데이터베이스 규칙에 어긋납니다.',
  ),
  'db-not-null-violation': say('The row lacks a value.', '记录缺少必填值。', '기록에 빠진 값이 있습니다.'),
  'db-serialization': say(
    'The transaction met another one too often.',
    '事务冲突次数过多。',
    '트랜잭션이 너무 자주 충돌했습니다.',
  ),
  'db-unavailable': say(
    'The database does not answer. It is tried again; nothing acknowledged is lost.',
    '数据库没有应答，将自动重试；已确认的数据不会丢失。',
    '데이터베이스가 응답하지 않아 다시 시도합니다. 확인된 내용은 사라지지 않습니다.',
  ),
  'db-closed': say('The database was closed.', '数据库已关闭。', '데이터베이스가 닫혔습니다.'),
  'db-nested': say(
    'A query waited for its own transaction.',
    '查询在等待自身的事务。',
    '쿼리가 자기 트랜잭션을 기다렸습니다.',
  ),
  'db-number-too-large': say('A number is beyond 2^53.', '数值超过 2^53。', '숫자가 2^53을 넘습니다.'),
  'db-statement': say(
    'The database does not understand a statement.',
    '数据库无法理解语句。',
    '데이터베이스가 이해하지 못하는 문장입니다.',
  ),
  'db-directory-locked': say(
    'Another process uses this data directory. Stop it first.',
    '数据目录正被其他进程使用，请先停止它。',
    '다른 프로세스가 데이터 폴더를 쓰고 있습니다. 먼저 멈추세요.',
  ),
  'db-not-durable': say(
    'The embedded database does not sync as promised and will not start.',
    '内嵌数据库无法可靠同步，拒绝启动。',
    '내장 데이터베이스가 약속대로 동기화하지 않아 시작하지 않습니다.',
  ),
  'db-migration-changed': say(
    'A migration that was applied has changed since. Restore the file.',
    '已执行的迁移文件被修改，请恢复。',
    '적용된 마이그레이션이 바뀌었습니다. 파일을 되돌리세요.',
  ),
  'db-migration-missing': say(
    'The database is newer than this program. Install the newer version.',
    '数据库版本比程序新，请安装更新的程序。',
    '데이터베이스가 프로그램보다 새것입니다. 새 버전을 설치하세요.',
  ),
  'mqtt-offline': say('The broker cannot be reached.', '无法连接消息代理。', '브로커에 연결할 수 없습니다.'),
  'mqtt-lost': say('The broker went away meanwhile.', '与消息代理的连接中断。', '브로커 연결이 끊겼습니다.'),
  'mqtt-refused': say(
    'The broker refused it. Check name and password.',
    '消息代理拒绝访问，请检查账号和密码。',
    '브로커가 거부했습니다. 이름과 비밀번호를 확인하세요.',
  ),
  'mqtt-closed': say('The link was closed.', '连接已关闭。', '연결이 닫혔습니다.'),
  'lease-lost': say(
    'Another process took this work over.',
    '该任务已由其他进程接管。',
    '다른 프로세스가 작업을 넘겨받았습니다.',
  ),
  'keys-broken': say(
    'The key file is damaged. Restore it from the backup.',
    '密钥文件已损坏，请从备份恢复。',
    '키 파일이 손상되었습니다. 백업에서 복원하세요.',
  ),
  'key-unfit': say('The key is of another kind.', '密钥类型不符。', '키 종류가 다릅니다.'),
  'bootstrap-refused': say(
    'The bootstrap section of the config was not accepted.',
    '配置中的初始化部分未被接受。',
    '설정의 초기화 부분을 받아들일 수 없습니다.',
  ),
  'language-incomplete': say(
    'A language file lacks words or values; the log names them. Complete it, then start again.',
    '语言文件缺少词条或变量，日志中已列出。请补全后重新启动。',
    '언어 파일에 빠진 말이나 값이 있습니다. 기록에 적혀 있으니 채운 뒤 다시 시작하세요.',
  ),
  'channel-unreachable': say(
    'The message gateway does not answer. Check its address; the message is tried again.',
    '短信或邮件网关没有应答。请检查地址，消息会自动重发。',
    '메시지 게이트웨이가 응답하지 않습니다. 주소를 확인하세요. 메시지는 다시 보냅니다.',
  ),
  'channel-busy': say(
    'The message gateway cannot take messages now; they are tried again.',
    '短信或邮件网关暂时无法接收，消息会自动重发。',
    '메시지 게이트웨이가 지금은 받을 수 없습니다. 메시지는 다시 보냅니다.',
  ),
  'webhook-address-refused': say(
    'The webhook endpoint leads to an address that is not public. The carrier must name another.',
    '回调地址指向非公网地址，请由快递企业更换。',
    '웹훅 주소가 공개 주소가 아닙니다. 택배사가 다른 주소를 적어야 합니다.',
  ),
} satisfies CodeTable
