//! XML as a tree: built by the writers of KML and of QGIS files, written in one place.

use quick_xml::escape::escape;

/// An element with its attributes and what is in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// An empty element.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            text: String::new(),
            children: Vec::new(),
        }
    }

    /// An element that holds only text.
    pub fn text(name: &'static str, text: impl ToString) -> Self {
        let mut element = Self::new(name);
        element.text = text.to_string();
        element
    }

    /// The same with one attribute more.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// The same with one child more.
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// The same with more children.
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// A whole document: the declaration, `head` if there is one, and the element.
    pub fn document(&self, head: &str) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        text.push_str(head);
        self.write(&mut text, 0);
        text
    }

    fn write(&self, out: &mut String, depth: usize) {
        out.push_str(&" ".repeat(depth));
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            // A bare line end inside an attribute would be read as a space.
            out.push_str(&escape(legal(value)).replace('\n', "&#10;"));
            out.push('"');
        }
        if self.text.is_empty() && self.children.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push('>');
        out.push_str(&escape(legal(&self.text)));
        if !self.children.is_empty() {
            out.push('\n');
            for child in &self.children {
                child.write(out, depth + 1);
            }
            out.push_str(&" ".repeat(depth));
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push_str(">\n");
    }
}

/// The text without what XML 1.0 cannot hold, not even escaped: control characters, which reports
/// copied from the web do contain.
fn legal(text: &str) -> String {
    let is_legal = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..) && *c != '\u{7f}'
    };
    text.chars().filter(is_legal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_xml_are_escaped_and_control_characters_left_out() {
        let inner = Element::text("b", "<script>\u{0}\u{b}&\u{ffff}").with("c", "\"1\n2\"");
        let element = Element::new("a").child(inner);
        assert_eq!(
            element.document(""),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n <b c=\"&quot;1&#10;2&quot;\">&lt;script&gt;&amp;</b>\n</a>\n"
        );
    }
}
