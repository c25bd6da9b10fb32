//! What single characters are, and what folding makes of them.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Arabic,
    Latin,
    Digits,
    Other,
}

/// What a character does to the word it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A letter of a script with its folded form.
    Letter(Script, char),
    /// A letter whose folded form is no single character.
    Rare(Script),
    Invisible,
    /// Ends a word, or joins two.
    Other,
}

impl Sign {
    /// The sign of `c`, from the table of common ones when it has it.
    pub(super) fn known(signs: &[Self], c: char) -> Self {
        match signs.get(c as usize) {
            Some(sign) => *sign,
            None => Self::of(c),
        }
    }

    fn of(c: char) -> Self {
        if is_invisible(c) {
            Self::Invisible
        } else if is_letter(c) {
            let mut folded = String::new();
            fold_char(c, &mut folded);
            let mut chars = folded.chars();
            match (chars.next(), chars.next()) {
                (Some(only), None) => Self::Letter(script_of(c), only),
                _ => Self::Rare(script_of(c)),
            }
        } else {
            Self::Other
        }
    }
}

/// True for a character of which folding leaves neither letter nor digit.
pub(crate) fn is_silent(c: char) -> bool {
    match Sign::known(&SIGNS, c) {
        Sign::Letter(_, folded) => !folded.is_alphanumeric(),
        Sign::Rare(_) => {
            let mut folded = String::new();
            fold_char(c, &mut folded);
            !folded.chars().any(char::is_alphanumeric)
        }
        Sign::Invisible | Sign::Other => true,
    }
}

/// The signs of Latin, Arabic and what lies between, by code point: nearly all that is read.
pub(super) static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    (0..0x700)
        .filter_map(char::from_u32)
        .map(Sign::of)
        .collect()
});

/// Arabic letters that folding leaves as they are, by their place in the block of Unicode.
pub(super) static PLAIN_ARABIC: LazyLock<[bool; 256]> = LazyLock::new(|| {
    std::array::from_fn(|place| {
        let sign = SIGNS[ARABIC + place];
        char::from_u32((ARABIC + place) as u32)
            .is_some_and(|c| sign == Sign::Letter(Script::Arabic, c))
    })
});

/// The first code point of Arabic.
const ARABIC: usize = 0x600;

/// Letters, digits and their accents. The common ranges are asked first: the tables of Unicode are
/// slow for Arabic, which is most of what is read.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | 'ء'..='غ' | 'ف'..='ي' => true,
        '\u{0000}'..='\u{007F}' | '،' | '؛' | '؟' => false,
        _ => c.is_alphanumeric() || is_combining(c),
    }
}

fn script_of(c: char) -> Script {
    match c {
        '0'..='9' | '٠'..='٩' | '۰'..='۹' | '²' | '³' => Script::Digits,
        '\u{0600}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => Script::Arabic,
        'A'..='Z'
        | 'a'..='z'
        | '\u{00C0}'..='\u{024F}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{02B0}'..='\u{02FF}' => Script::Latin,
        _ if is_combining(c) => Script::Latin,
        _ => Script::Other,
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʿ' | 'ʾ' | 'ʼ')
}

/// Marks that a reader does not see as letters: vowel signs, tatweel, direction, joiners.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{06D6}'..='\u{06ED}' | '\u{0610}'..='\u{061A}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}' | '\u{00AD}'
    )
}

pub(super) fn fold_char(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' | 'ا'..='ش' if !matches!(c, 'ة') => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ة' | 'ھ' | 'ہ' | 'ۀ' => out.push('ه'),
        'ى' | 'ئ' | 'ی' | 'ۍ' => out.push('ي'),
        'ؤ' => out.push('و'),
        'ک' | 'گ' => out.push('ك'),
        '٠'..='٩' => out.push(shifted(c, '٠')),
        '۰'..='۹' => out.push(shifted(c, '۰')),
        '²' => out.push('2'),
        '³' => out.push('3'),
        'ʿ' | 'ʾ' | 'ʼ' => {}
        '\u{0600}'..='\u{06FF}' => out.push(c),
        _ => fold_rare(c, out),
    }
}

fn shifted(digit: char, zero: char) -> char {
    char::from(b'0' + (digit as u32 - zero as u32) as u8)
}

/// Presentation forms and accented letters: decomposed, then folded again without their accents.
fn fold_rare(c: char, out: &mut String) {
    for part in std::iter::once(c).nfkd() {
        if is_combining(part) || is_invisible(part) {
            continue;
        }
        match part {
            'ı' => out.push('i'),
            _ if part == c => out.extend(part.to_lowercase()),
            _ => fold_char(part, out),
        }
    }
}
