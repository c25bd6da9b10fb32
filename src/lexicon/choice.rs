//! Forms that differ in a word: `{is,are} {now,} in charge of` stands for four.

/// Brackets side by side multiply: more forms than this are a slip of the pen.
const MOST_FORMS: usize = 10_000;

/// A bracket, and what stands before it.
struct Bracket<'w> {
    before: &'w str,
    choices: &'w str,
}

/// Calls `take` with each form of a row, which `|` separates, its spaces put right.
///
/// # Errors
///
/// A bracket without its partner, or too many forms in one, in words; what `take` does not like.
pub(crate) fn each(
    row: &str,
    mut take: impl FnMut(&str) -> Result<(), String>,
) -> Result<(), String> {
    let mut form = String::new();
    for written in row.split('|') {
        let (brackets, end) = brackets(written)?;
        form.clear();
        write_out(&brackets, end, &mut form, &mut take)?;
    }
    Ok(())
}

/// The brackets of what is written, and what stands behind the last.
fn brackets(written: &str) -> Result<(Vec<Bracket<'_>>, &str), String> {
    let mut brackets = Vec::new();
    let mut count = 1;
    let mut rest = written;
    while let Some(open) = rest.find(['{', '}']) {
        let (before, behind) = rest.split_at(open);
        let choices = behind.strip_prefix('{').and_then(|it| it.split_once('}'));
        let Some((choices, after)) = choices.filter(|(choices, _)| !choices.contains('{')) else {
            return Err(format!("`{written}` has a bracket without its partner"));
        };
        count *= choices.split(',').count();
        if count > MOST_FORMS {
            return Err(format!(
                "`{written}` stands for more than {MOST_FORMS} forms; split it"
            ));
        }
        brackets.push(Bracket { before, choices });
        rest = after;
    }
    Ok((brackets, rest))
}

/// Writes every choice of the brackets behind `form`, which is left with a beginning of its own.
fn write_out(
    brackets: &[Bracket],
    end: &str,
    form: &mut String,
    take: &mut impl FnMut(&str) -> Result<(), String>,
) -> Result<(), String> {
    let Some((bracket, others)) = brackets.split_first() else {
        push_words(form, end);
        return take(form.trim_end());
    };
    push_words(form, bracket.before);
    let begun = form.len();
    for choice in bracket.choices.split(',') {
        form.truncate(begun);
        push_words(form, choice);
        write_out(others, end, form, take)?;
    }
    Ok(())
}

/// Adds what is written, of several spaces one, and none at the beginning.
fn push_words(form: &mut String, written: &str) {
    for (position, word) in written.split(char::is_whitespace).enumerate() {
        if position > 0 && !form.is_empty() && !form.ends_with(' ') {
            form.push(' ');
        }
        form.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(written: &str) -> Result<Vec<String>, String> {
        let mut forms = Vec::new();
        each(written, |form| {
            forms.push(form.to_owned());
            Ok(())
        })?;
        Ok(forms)
    }

    #[test]
    fn choices_are_written_out() {
        assert_eq!(forms("in charge of").unwrap(), ["in charge of"]);
        assert_eq!(
            forms("{is,are} {now,} in charge").unwrap(),
            [
                "is now in charge",
                "is in charge",
                "are now in charge",
                "are in charge"
            ]
        );
        assert_eq!(
            forms(" a {,b } {c, }|d").unwrap(),
            ["a c", "a", "a b c", "a b", "d"]
        );
        assert!(forms("is {now in charge").is_err());
        assert!(forms("is now} in charge").is_err());
        assert!(forms("is {now {still,}}").is_err());
        assert!(forms(&"{now,still,}".repeat(20)).is_err());
    }
}
