// Every word of the review page.

export const WORDS = {
  zh: {
    choose: '选一份报告来审', no_reports: '还没有你能看的报告。', unreached: '连不上服务器，请稍后再试。', loading: '正在读取……', not_open: '打不开：{reason}',
    failed: '没有做成：{reason}', offline: '连不上服务器，没有做成，请再试。',
    history: '版本', version: '第 {number} 版', proposal: '待定稿', undecided: '{count} 处未定', compare: '比较第 {old} 与 {new}',
    inline: '行内', sides: '并排', marked: '改动', as_old: '原文', as_new: '新文', view: '看法', preview: '预览',
    changes: '改动', none: '没有改动。', accept: '接受', reject: '退回', comment: '批注', keys: 'j／k 上下　a 接受　r 退回　c 批注',
    accepted: '已接受', rejected: '已退回', by: '{name} 改', backed: '依据', unbacked: '没有事实依据',
    all_accept: '全部接受', all_reject: '全部退回', ask_accept: '接受其余 {count} 处改动？', ask_reject: '退回其余 {count} 处改动？', yes: '是', no: '不',
    comments: '批注', write: '写批注', send: '发出', reply: '回复', settle: '已解决', settled: '{name} 已解决', whole: '全文', cancel: '不写了',
    conflicts: '与新拟文字的冲突', mine: '现有', theirs: '新拟', take: '改用新拟的', keep: '保留现有的',
    submit: '提交审核', pass: { 1: '初审通过', 2: '复审通过', 3: '签发' }, back: '退回并说明', reason: '理由', note: '意见（可不写）', sure: '确定',
    state: '状态', empty: '（删去）', came: '（新增）', kinds: { block: '整段', move: '移动', role: '性质或依据', particulars: '报告信息', text: '文字' },
    actions: { submit: '送审', pass: '通过', sign: '签发', return: '退回' }, levels: { 1: '初审', 2: '复审', 3: '终审' },
    origins: { drafted: '拟稿', edited: '修改', merged: '合并', imported: '导入', regenerated: '重拟' }, done: '已记下',
  },
  en: {
    choose: 'Choose a report to review', no_reports: 'There are no reports for you yet.', unreached: 'The server cannot be reached; try again later.', loading: 'Reading …', not_open: 'Cannot be opened: {reason}',
    failed: 'This could not be done: {reason}', offline: 'The server cannot be reached; nothing was done. Please try again.',
    history: 'Versions', version: 'Version {number}', proposal: 'Proposal', undecided: '{count} undecided', compare: 'Compare version {old} with {new}',
    inline: 'Inline', sides: 'Side by side', marked: 'Changes', as_old: 'Original', as_new: 'As accepted', view: 'View', preview: 'Preview',
    changes: 'Changes', none: 'No changes.', accept: 'Accept', reject: 'Reject', comment: 'Comment', keys: 'j/k next  a accept  r reject  c comment',
    accepted: 'Accepted', rejected: 'Rejected', by: 'by {name}', backed: 'Stands on', unbacked: 'stands on no fact',
    all_accept: 'Accept all', all_reject: 'Reject all', ask_accept: 'Accept the other {count} changes?', ask_reject: 'Reject the other {count} changes?', yes: 'Yes', no: 'No',
    comments: 'Comments', write: 'Write a comment', send: 'Send', reply: 'Reply', settle: 'Settle', settled: 'settled by {name}', whole: 'whole text', cancel: 'Cancel',
    conflicts: 'Clashes with the redraft', mine: 'Stands', theirs: 'Redrafted', take: 'Take the redraft', keep: 'Keep what stands',
    submit: 'Submit for review', pass: { 1: 'Pass 1st review', 2: 'Pass 2nd review', 3: 'Sign off' }, back: 'Return with a reason', reason: 'Reason', note: 'Note (may be empty)', sure: 'Confirm',
    state: 'State', empty: '(taken out)', came: '(new)', kinds: { block: 'paragraph', move: 'moved', role: 'role or facts', particulars: 'particulars', text: 'words' },
    actions: { submit: 'submitted', pass: 'passed', sign: 'signed off', return: 'returned' }, levels: { 1: '1st review', 2: '2nd review', 3: 'final review' },
    origins: { drafted: 'drafted', edited: 'edited', merged: 'merged', imported: 'imported', regenerated: 'redrafted' }, done: 'Kept',
  },
};

/** The words of a language, with what stands in braces filled in. */
export function speaking(language) {
  const words = WORDS[language];
  const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
  return Object.assign(say, { words, language });
}
