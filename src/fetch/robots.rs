//! What a site asks programs to leave alone: `robots.txt` after RFC 9309.

use std::time::Duration;

/// The rules of one site for khatt.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Robots {
    /// Pattern of a path, and whether it is allowed.
    rules: Vec<(String, bool)>,
    /// Wait between two requests that the site asks for.
    pub delay: Option<Duration>,
}

/// The name under which sites may address khatt.
const AGENT: &str = "khatt";

impl Robots {
    /// Rules for a site whose rules cannot be had: nothing is allowed.
    pub fn closed() -> Self {
        Self {
            rules: vec![("/".to_owned(), false)],
            delay: None,
        }
    }

    /// The group that names khatt, else the group of `*`, else no rules.
    pub fn parse(text: &str) -> Self {
        let (mut own, mut general) = (None, None);
        let mut agents: Vec<String> = Vec::new();
        let mut is_head = false;
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((field, value)) = line.split_once(':') else {
                continue;
            };
            let (field, value) = (field.trim().to_ascii_lowercase(), value.trim());
            if field == "user-agent" {
                if !is_head {
                    agents.clear();
                }
                is_head = true;
                agents.push(value.to_ascii_lowercase());
                // A group without rules still is one: it allows everything.
                groups(&mut own, &mut general, &agents, |_| ());
                continue;
            }
            is_head = false;
            groups(&mut own, &mut general, &agents, |group| {
                group.add(&field, value)
            });
        }
        own.or(general).unwrap_or_default()
    }

    fn add(&mut self, field: &str, value: &str) {
        match field {
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push((value.to_owned(), field == "allow"));
            }
            "crawl-delay" => {
                let seconds = value
                    .parse::<f64>()
                    .ok()
                    .filter(|s| (0.0..=3600.0).contains(s));
                self.delay = seconds.map(Duration::from_secs_f64);
            }
            _ => {}
        }
    }

    /// True when a path with its query may be fetched: the longest rule decides, and of two
    /// equally long ones that which allows.
    pub fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        let strongest = fitting.max_by_key(|(pattern, is_allowed)| (pattern.len(), *is_allowed));
        strongest.is_none_or(|(_, is_allowed)| *is_allowed)
    }
}

/// Does something to the groups that the agents of a head belong to.
fn groups(
    own: &mut Option<Robots>,
    general: &mut Option<Robots>,
    agents: &[String],
    act: impl Fn(&mut Robots),
) {
    if agents.iter().any(|agent| agent == AGENT) {
        act(own.get_or_insert_default());
    }
    if agents.iter().any(|agent| agent == "*") {
        act(general.get_or_insert_default());
    }
}

/// True when a pattern with `*` and a closing `$` fits the beginning of a path.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = match pattern.strip_suffix('$') {
        Some(head) => (head, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|head| path.strip_prefix(head)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        let is_last = index + 1 == parts.len();
        if is_last && is_whole {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    !is_whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_of_the_own_group_decides() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Khatt # us\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\nCrawl-delay: 2\n";
        let robots = Robots::parse(text);
        assert_eq!(robots.delay, Some(Duration::from_secs(2)));
        for (path, expected) in [
            ("/news", true),
            ("/private/a", false),
            ("/private/open/a", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x", true),
        ] {
            assert_eq!(robots.allows(path), expected, "{path}");
        }
    }

    #[test]
    fn without_an_own_group_that_of_all_counts() {
        let robots = Robots::parse("user-agent: *\ndisallow: /search\ndisallow:\n");
        assert!(robots.allows("/news") && !robots.allows("/search?q=1"));
        let open = Robots::parse("User-agent: khatt\nDisallow:\n\nUser-agent: *\nDisallow: /\n");
        assert!(open.allows("/news"));
        assert!(Robots::parse("<html>not found</html>").allows("/news"));
        assert!(!Robots::closed().allows("/news"));
    }
}
