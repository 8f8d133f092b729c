//! What a slide cannot show.

use crate::model::{Warning, WarningCode};
use crate::write::template::xml::is_allowed;

/// What was left out on the way.
#[derive(Default)]
pub(super) struct Notes {
    removed: usize,
    links: Vec<String>,
}

impl Notes {
    /// The text without what XML cannot hold.
    pub(super) fn clean(&mut self, text: &str) -> String {
        let clean: String = text.chars().filter(|&c| is_allowed(c)).collect();
        self.removed += text.chars().count() - clean.chars().count();
        clean
    }

    /// A link that is no address.
    pub(super) fn bad_link(&mut self, link: &str) {
        if !self.links.iter().any(|known| known == link) {
            self.links.push(link.to_owned());
        }
    }

    pub(super) fn warnings(self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.removed > 0 {
            let message = format!(
                "{} osynliga styrtecken har tagits bort ur den synliga texten: PowerPoint kan inte visa dem. Inget annat är ändrat.",
                self.removed
            );
            warnings.push(Warning::new(WarningCode::NotCarried, message));
        }
        for link in self.links {
            let message = format!("länken ”{link}” är ingen giltig adress; dess text står kvar utan länk.");
            warnings.push(Warning::new(WarningCode::NotCarried, message));
        }
        warnings
    }
}
