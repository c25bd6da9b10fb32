//! Forms that differ in a word: `{is,are} {now,} in charge of` stands for four.

/// Brackets side by side multiply: more forms than this are a slip of the pen.
const MOST_FORMS: usize = 10_000;

/// All forms of a row, which `|` separates.
///
/// # Errors
///
/// A bracket without its partner, or too many forms in one, in words.
pub(crate) fn all(row: &str) -> Result<Vec<String>, String> {
    let forms: Result<Vec<_>, _> = row.split('|').map(forms).collect();
    Ok(forms?.concat())
}

/// All forms that are written in one, with spaces put right.
fn forms(written: &str) -> Result<Vec<String>, String> {
    let mut forms = vec![String::new()];
    let mut rest = written;
    while let Some(open) = rest.find(['{', '}']) {
        let (before, behind) = rest.split_at(open);
        let choices = behind.strip_prefix('{').and_then(|it| it.split_once('}'));
        let Some((choices, after)) = choices.filter(|(choices, _)| !choices.contains('{')) else {
            return Err(format!("`{written}` has a bracket without its partner"));
        };
        let with = |form: &String| {
            let grown = choices
                .split(',')
                .map(|choice| format!("{form}{before}{choice}"));
            grown.collect::<Vec<_>>()
        };
        if forms.len() * choices.split(',').count() > MOST_FORMS {
            return Err(format!(
                "`{written}` stands for more than {MOST_FORMS} forms; split it"
            ));
        }
        forms = forms.iter().flat_map(with).collect();
        rest = after;
    }
    for form in &mut forms {
        form.push_str(rest);
        *form = form.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    Ok(forms)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(forms("is {now in charge").is_err());
        assert!(forms("is now} in charge").is_err());
        assert!(forms("is {now {still,}}").is_err());
        assert!(forms(&"{now,still,}".repeat(20)).is_err());
    }
}
