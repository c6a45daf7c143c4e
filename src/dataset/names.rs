//! What headings say: well-known names of columns, in English and Chinese, whole and in part.

/// What a column can be in an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Score,
    Label,
    Split,
}

/// How well a heading names a role; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// The first name that comes to mind.
    Plain,
    /// Another that is well known.
    Known,
    /// A part of the heading is well known.
    Part,
    /// The same, beside a part that names something else: `intent_id`.
    MixedPart,
}

/// By role: the plain names, the known ones, and parts that decide. In small letters, words with `_` between,
/// names with spaces between.
struct Names {
    plain: &'static str,
    known: &'static str,
    parts: &'static str,
}

const TEXT: Names = Names {
    plain: "sentence text 句子 文本",
    known: "sentence_1 sentence_2 sentence_a sentence_b text_1 text_2 text_a text_b question question_1 \
            question_2 review utt utterance content comment tweet message body review_body review_text query \
            passage document doc input inputs title headline description sms sent s_1 s_2 q_1 q_2 premise \
            hypothesis anchor positive 内容 评论 正文 问题 标题 文本内容 评论内容 问句 语句 短文本 句子_1 句子_2 文本_1 文本_2 問題 標題 內容",
    parts: "sentence text question utterance review comment tweet message content query passage string sent \
            phrase title premise hypothesis 句子 文本 内容 评论 正文 问题 标题 问句 语句",
};

const SCORE: Names = Names {
    plain: "score similarity similarity_score relatedness_score 分数 得分 相似度 相似度得分 相似度分数",
    known: "label labels gold gold_score gold_label is_duplicate isduplicate duplicate quality sim sim_score \
            relatedness rating is_similar is_paraphrase paraphrase_label target y human_score mean_score \
            avg_score average_score sts_score 标签 评分 打分 是否相似 是否重复 是否同义 相似 標籤 分數 得分值",
    parts: "score similarity relatedness duplicate label gold rating alike similar sim closeness 分数 得分 相似 标签 评分 \
            重复",
};

const LABEL: Names = Names {
    plain: "label labels gold_label 标签 類別 类别 標籤",
    known: "class category intent target label_text label_name sentiment emotion topic tag polarity stars rating \
            y is_spam spam toxic toxicity coarse_label fine_label class_name classname category_name \
            domain 分类 意图 情感 情绪 主题 领域 类型 情感倾向 标注 话题",
    parts: "label class category intent target sentiment emotion topic tag polarity toxicity 标签 类别 分类 意图 情感 主题",
};

const SPLIT: Names = Names {
    plain: "split 划分 数据集划分",
    known: "set subset partition fold data_split dataset_split split_name 拆分 子集",
    parts: "split partition 划分",
};

/// Headings, and parts of them, that name neither texts nor scores nor labels.
const DISLIKED: &str = "id ids idx index qid uid guid uuid pid sid tid docid no nr num number row line unnamed lang language \
        langid locale country split set subset partition fold source src origin dataset corpus genre file \
        filename path url link href date time timestamp datetime year month day created updated user username \
        userid author annotator worker name email ip version count length len tokens parse pos tags votes \
        confidence weight probability prob std stdev hash image captionid pairid 编号 序号 语言 来源 日期 时间 用户 作者 文件 链接 \
        年份 用户名 作者名 序列号 地区 国家 語言 來源";

impl Role {
    fn names(self) -> &'static Names {
        match self {
            Self::Text => &TEXT,
            Self::Score => &SCORE,
            Self::Label => &LABEL,
            Self::Split => &SPLIT,
        }
    }

    /// How well a heading names this role, if at all.
    pub(super) fn standing(self, heading: &str) -> Option<Standing> {
        let words = words(heading);
        let whole = words.join("_");
        let names = self.names();
        if holds(names.plain, &whole) {
            return Some(Standing::Plain);
        }
        if holds(names.known, &whole) {
            return Some(Standing::Known);
        }
        let part = words.iter().any(|word| names.parts.split(' ').any(|part| is_part(word, part)));
        part.then(|| if words.iter().any(|word| is_disliked_word(word)) { Standing::MixedPart } else { Standing::Part })
    }

    /// Whether the whole heading is a name of this role.
    pub(super) fn is_named(self, heading: &str) -> bool {
        self.standing(heading).is_some_and(|standing| standing <= Standing::Known)
    }
}

fn holds(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// A word is one as a whole; Chinese has none between its words.
fn is_part(word: &str, part: &str) -> bool {
    word == part || !part.is_ascii() && word.contains(part)
}

fn is_disliked_word(word: &str) -> bool {
    DISLIKED.split(' ').any(|disliked| is_part(word, disliked))
}

/// Whether a heading names what is never an example's text, score or label: ids, languages, dates, sources, users.
pub(super) fn is_disliked(heading: &str) -> bool {
    words(heading).iter().any(|word| is_disliked_word(word))
}

/// Whether the whole heading is a name that tables have, of whatever kind.
pub(super) fn is_known(heading: &str) -> bool {
    let words = words(heading);
    [Role::Text, Role::Score, Role::Label, Role::Split].iter().any(|role| role.is_named(heading))
        || match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [only] => holds(DISLIKED, only),
            // qid1, pair_id.
            [first, second] => {
                holds(DISLIKED, first) && (holds(DISLIKED, second) || second.parse::<u8>().is_ok())
                    || matches!(second, "id" | "ids" | "idx" | "index")
            }
            _ => false,
        }
}

/// The words of a heading, in small letters: at spaces, signs, digits, capitals and changes of script.
pub(super) fn words(heading: &str) -> Vec<String> {
    #[derive(PartialEq, Clone, Copy)]
    enum NameKind {
        Small,
        Capital,
        Digit,
        Other,
        None,
    }
    let kind = |c: char| match c {
        c if c.is_numeric() && c.is_ascii() => NameKind::Digit,
        c if c.is_uppercase() => NameKind::Capital,
        c if c.is_alphabetic() && !is_cjk(c) => NameKind::Small,
        c if c.is_alphanumeric() => NameKind::Other,
        _ => NameKind::None,
    };
    let mut words = vec![String::new()];
    let mut before = NameKind::None;
    for c in heading.chars() {
        let now = kind(c);
        let joins = before == now || before == NameKind::Capital && now == NameKind::Small;
        if !joins || now == NameKind::None {
            words.push(String::new());
        }
        if now != NameKind::None
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = now;
    }
    words.retain(|word| !word.is_empty());
    words
}

pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_words() {
        for (heading, expected) in [
            ("is_duplicate", "is duplicate"),
            ("#1 String", "1 string"),
            ("relatednessScore", "relatedness score"),
            ("sentence1", "sentence 1"),
            ("Similarity (0-5)", "similarity 0 5"),
            ("句子1", "句子 1"),
            ("IDs", "ids"),
        ] {
            assert_eq!(words(heading).join(" "), expected);
        }
    }

    #[test]
    fn names_are_known_whole_and_in_part() {
        use Standing::*;
        let table = [
            (Role::Score, "Similarity", Some(Plain)),
            (Role::Score, "Quality", Some(Known)),
            (Role::Score, "similarity (0-5)", Some(Part)),
            (Role::Score, "how alike", Some(Part)),
            (Role::Score, "qid2", None),
            (Role::Score, "相似度", Some(Plain)),
            (Role::Label, "intent_id", Some(MixedPart)),
            (Role::Label, "情感标签", Some(Part)),
            (Role::Label, "lang", None),
            (Role::Text, "#1 String", Some(Part)),
            (Role::Text, "Sentence1", Some(Known)),
            (Role::Text, "context", None),
            (Role::Split, "split", Some(Plain)),
        ];
        for (role, heading, expected) in table {
            assert_eq!(role.standing(heading), expected, "{role:?} {heading}");
        }
        for heading in ["id", "qid1", "LANG", "user name", "数据来源", "sentence1_binary_parse", "Unnamed: 0"] {
            assert!(is_disliked(heading), "{heading}");
        }
        assert!(!is_disliked("identical") && !is_disliked("sentence1"));
        assert!(is_known("qid1") && is_known("pair_id") && is_known("sentence_2") && is_known("text_id"));
        assert!(!is_known("A man plays.") && !is_known("greeting"));
    }
}
