//! Terminal colours, in one place: a meaning, not a colour, is asked for.

use std::fmt;

use anstyle::{AnsiColor, Style};

/// Something that fails or was taken away.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Something new.
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
/// Something to look at.
pub(super) const WARN: Style = AnsiColor::Yellow.on_default().bold();
/// Something worth knowing.
pub(super) const NOTE: Style = AnsiColor::Cyan.on_default();
/// What stands beside the matter: places, ids, hints.
pub(super) const FAINT: Style = Style::new().dimmed();
/// Names and headings.
pub(super) const STRONG: Style = Style::new().bold();

/// A text in a style.
pub(super) struct Styled<T>(pub(super) Style, pub(super) T);

impl<T: fmt::Display> fmt::Display for Styled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.0.render(), self.1, self.0.render_reset())
    }
}

/// The text without its colours: for files.
pub fn plain(styled: &str) -> String {
    anstream::adapter::strip_str(styled).to_string()
}
