//! A compact tree of one XML part.
//!
//! All elements stand in one vector in document order, so that dropping a tree of any depth
//! takes no recursion; names and values are borrowed from the part's text where no entity had
//! to be resolved.

use std::borrow::Cow;

use super::Ns;

/// The elements of a part.
#[derive(Debug, Default)]
pub(crate) struct Tree<'a> {
    pub(super) source: &'a str,
    pub(super) elements: Vec<Node<'a>>,
    pub(super) attributes: Vec<Attribute<'a>>,
}

#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) ns: Ns,
    pub(super) local: &'a str,
    /// One past the last descendant.
    pub(super) end: u32,
    pub(super) attributes: u32,
    pub(super) attribute_count: u32,
    pub(super) text: Cow<'a, str>,
}

#[derive(Debug)]
pub(super) struct Attribute<'a> {
    pub(super) ns: Ns,
    pub(super) local: &'a str,
    pub(super) value: Cow<'a, str>,
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'t> {
    tree: &'t Tree<'t>,
    id: u32,
}

impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}:{}", self.ns(), self.local())
    }
}

impl<'t> Element<'t> {
    fn node(self) -> &'t Node<'t> {
        &self.tree.elements[self.id as usize]
    }

    /// A number that tells the element from all others of its tree, in document order.
    pub(crate) fn id(self) -> u32 {
        self.id
    }

    /// Where its name, without prefix, stands in the part's text.
    pub(crate) fn position(self) -> usize {
        (self.local().as_ptr() as usize).saturating_sub(self.tree.source.as_ptr() as usize)
    }

    /// Its namespace.
    pub(crate) fn ns(self) -> Ns {
        self.node().ns
    }

    /// Its name without prefix.
    pub(crate) fn local(self) -> &'t str {
        self.node().local
    }

    /// Whether it is the element of that name.
    pub(crate) fn is(self, ns: Ns, local: &str) -> bool {
        self.node().ns == ns && self.node().local == local
    }

    /// Its own text, without that of its children.
    pub(crate) fn text(self) -> &'t str {
        &self.node().text
    }

    /// Its children.
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'t>> {
        let end = self.node().end;
        let mut next = self.id + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = Element { tree: self.tree, id: next };
                next = child.node().end;
                child
            })
        })
    }

    /// All elements below it, in document order.
    pub(crate) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        (self.id + 1..self.node().end).map(move |id| Element { tree: self.tree, id })
    }

    /// Calls `enter` with it and all below it, in document order, but not with what is below an element
    /// for which `enter` is false.
    pub(crate) fn visit(self, enter: &mut impl FnMut(Element<'t>) -> bool) {
        let mut id = self.id;
        while id < self.node().end {
            let element = Element { tree: self.tree, id };
            id = if enter(element) { id + 1 } else { element.node().end };
        }
    }

    /// Its first child of that name.
    pub(crate) fn child(self, ns: Ns, local: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.is(ns, local))
    }

    /// The value of an attribute. A sloppy producer leaves out the prefix: that is taken too.
    pub(crate) fn attribute(self, ns: Ns, local: &str) -> Option<&'t str> {
        let node = self.node();
        let first = node.attributes as usize;
        let own = &self.tree.attributes[first..first + node.attribute_count as usize];
        let find = |ns| own.iter().find(|attribute| attribute.ns == ns && attribute.local == local);
        find(ns).or_else(|| find(Ns::None)).map(|attribute| &*attribute.value)
    }
}

impl Tree<'_> {
    /// The outermost element.
    pub(crate) fn root(&self) -> Option<Element<'_>> {
        (!self.elements.is_empty()).then_some(Element { tree: self, id: 0 })
    }
}
