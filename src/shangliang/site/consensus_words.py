"""What the reports of opinion maps say, in both languages."""

ZH: dict[str, str] = {
    "lang": "zh-CN", "title": "意见图", "agreed": "大家都同意的", "divided": "意见不一的", "map": "谁和谁想法相近",
    "cares": "各组最在意什么", "unheard": "还没听到的", "sure": "有多大把握", "all": "全部看法",
    "statement": "看法", "share": "最低一组的比例", "interval": "95%区间", "apart": "相差", "group": "组", "people": "人",
    "agree": "同意", "disagree": "反对", "passed": "说不准", "answered": "回答", "stability": "稳定度", "together": "全体",
    "between": "在各组之间", "few": "回答太少，没有画上", "both_agree": "都同意", "both_reject": "都反对",
    "none_agreed": "还没有哪一条能有把握地说各组都过半数同意。可以再请人回答，或把看法改得更具体。",
    "none_divided": "没有明显对立的看法。",
    "method_shangliang": "商量的方法", "method_polis": "Polis的方法（对照）",
    "reason_given": "各组是事先给定的。", "reason_few_people": "人少，不分组，只看全体。",
    "reason_no_structure": "回答里看不出成组的想法，只看全体。",
    "reason_unstable": "抽掉一成回答后组就变了，不可靠，所以不分组，只看全体。",
    "note_agreed": "每组都有过半数的人这样想，有95%的把握；没有回答的人也算在“不确定”里。",
    "note_divided": "至少两组的比例有把握地相差五分之一以上；不分组时，是两边都有四分之一以上的人。",
    "note_map": "一个点是一个人，不记名；离得近，回答就相近。形状和颜色都表示组，空心的在各组之间，越淡越没有把握。位置没有好坏，两条轴没有名字。",
    "note_cares": "和其他组比，这一组特别同意或特别反对的看法。",
    "note_sure": "意见图只说明参加的人怎样回答，不能代表没有参加的人；不是表决，不能代替会议和法定程序。",
    "hidden": "藏起一成回答再猜：误差{error}，只用平均数来猜是{plain}。越小越好。",
    "steady": "抽掉一成回答重做十次，分组的一致程度（调整兰德指数）中位数是{value}；1是完全一样，0.6以下就不显示分组。",
    "facts": "{people}人回答了{statements}条看法，共{votes}次；画在图上的{placed}人。",
    "few_answers": "回答太少、还不能下结论的看法：{n}条。", "group_few": "{group}组很少人回答的看法：{n}条。",
    "group_quiet": "{group}组的人回答得比别组少得多，请多听听他们的。", "unplaced": "{n}人只回答了几条，没有画在图上，但他们的回答都算进了全体。",
    "nothing_unheard": "每条看法都有足够的人回答。", "more": "另有{n}条，见 points.csv。", "rest": "另有{n}条，见 statements.csv。",
}  # fmt: skip
EN: dict[str, str] = {
    "lang": "en", "title": "Opinion map", "agreed": "What all agree on", "divided": "What divides them",
    "map": "Who thinks alike", "cares": "What each group cares for most", "unheard": "Not heard yet",
    "sure": "How sure this is", "all": "All statements", "statement": "Statement", "share": "Share in the lowest group",
    "interval": "95% interval", "apart": "Apart by", "group": "Group", "people": "people", "agree": "agree",
    "disagree": "disagree", "passed": "pass", "answered": "answered", "stability": "Stability", "together": "All",
    "between": "between groups", "few": "too few answers to be drawn", "both_agree": "all agree", "both_reject": "all reject",
    "none_agreed": "Of no statement can it be said with confidence that more than half of every group agree. "
                   "Ask more people, or make the statements more concrete.",
    "none_divided": "Nothing divides people clearly.",
    "method_shangliang": "our method", "method_polis": "the method of Polis (for comparison)",
    "reason_given": "The groups were given.", "reason_few_people": "Few people: no groups, everybody together.",
    "reason_no_structure": "The answers show no groups: everybody together.",
    "reason_unstable": "Leaving out a tenth of the answers changes the groups: they are not reliable and not shown.",
    "note_agreed": "More than half of every group think so, with 95% confidence; who has not answered counts as unknown.",
    "note_divided": "At least two groups surely differ by a fifth or more; without groups, a quarter or more stand on either side.",
    "note_map": "A dot is a person, unnamed; the nearer, the more alike the answers. Shape and colour both mean the "
                "group, hollow dots stand between groups, paler is less sure. No place is better than another, and the axes have no names.",
    "note_cares": "What this group agrees with or rejects more than the others.",
    "note_sure": "The map says how those who took part answered. "
                 "It does not speak for others, is not a vote, and replaces neither a meeting nor what the law requires.",
    "hidden": "Hiding a tenth of the answers and guessing them: error {error}; guessing by averages: {plain}. Less is better.",
    "steady": "Leaving out a tenth of the answers ten times, the median agreement of the groups (adjusted Rand index) is "
              "{value}; 1 is the same, below 0.6 no groups are shown.",
    "facts": "{people} people gave {votes} answers to {statements} statements; {placed} of them are on the map.",
    "few_answers": "Statements with too few answers to say anything: {n}.",
    "group_few": "Statements hardly answered by group {group}: {n}.",
    "group_quiet": "Group {group} answers far less than the others: do listen to them.",
    "unplaced": "{n} people answered only a few statements and are not drawn; their answers count among all.",
    "nothing_unheard": "Every statement has answers enough.", "more": "{n} more are in points.csv.",
    "rest": "{n} more are in statements.csv.",
}  # fmt: skip
WORDS = {"zh": ZH, "en": EN}
