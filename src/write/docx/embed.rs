//! What the file carries without showing it: the whole model, and each item's id beside its row.

use crate::model::{Document, Plan};
use crate::write::WriteError;
use crate::write::template::package::{Package, Relationship};
use crate::write::template::xml::{Element, Node, escape, is_allowed};

/// The namespace of the embedded model's root element, `model`; its text is the model's JSON.
pub const MODEL_NAMESPACE: &str = "urn:handlingsplan:model:1";

/// What a hidden bookmark's name starts with; the rest is the item's id with `_` for `-`.
pub const BOOKMARK_PREFIX: &str = "_hp_";

/// Word's own limit on the length of a bookmark's name.
const MAX_BOOKMARK: usize = 40;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CUSTOM_XML: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml";
const CUSTOM_XML_PROPERTIES: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps";
const PROPERTIES_TYPE: &str = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml";

/// The bookmark for an id; none where a bookmark cannot spell it so that it reads back as the same.
pub(in crate::write) fn bookmark(id: &str) -> Option<String> {
    let spellable = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fits = !id.is_empty() && BOOKMARK_PREFIX.len() + id.len() <= MAX_BOOKMARK && id.chars().all(spellable);
    fits.then(|| format!("{BOOKMARK_PREFIX}{}", id.replace('-', "_")))
}

/// Puts the plan's model into the file, in place of one that the template may carry.
pub(in crate::write) fn embed(package: &mut Package<'_>, main: &str, plan: &Plan) -> Result<(), WriteError> {
    let json = json(plan)?;
    let item = format!("<model xmlns=\"{MODEL_NAMESPACE}\">{}</model>", escape(&json));
    let item = format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{item}").into_bytes();
    for name in package.names().iter().filter(|name| name.starts_with("customXml/item") && name.ends_with(".xml")) {
        if package.text(name)?.is_some_and(|text| text.contains(MODEL_NAMESPACE) && text.contains("<model")) {
            package.put(name, item);
            return Ok(());
        }
    }
    let mut number = 1;
    while package.has(&format!("customXml/item{number}.xml"))
        || package.has(&format!("customXml/itemProps{number}.xml"))
    {
        number += 1;
    }
    let part = format!("customXml/item{number}.xml");
    package.put(&part, item);
    let properties = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<ds:datastoreItem \
         ds:itemID=\"{{6D3B0C5E-41E8-4F0B-9C1D-5A1F0E2B7C94}}\" \
         xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs>\
         <ds:schemaRef ds:uri=\"{MODEL_NAMESPACE}\"/></ds:schemaRefs></ds:datastoreItem>"
    );
    package.put(&format!("customXml/itemProps{number}.xml"), properties.into_bytes());
    let relationship =
        |id: &str, kind, target: String| Relationship { id: id.to_owned(), kind, target, external: false };
    package
        .add_relationships(&part, &[relationship("rId1", CUSTOM_XML_PROPERTIES, format!("itemProps{number}.xml"))])?;
    let up = "../".repeat(main.matches('/').count());
    package.add_relationships(main, &[relationship("rIdHpModel", CUSTOM_XML, format!("{up}{part}"))])?;
    content_types(package, number)
}

/// The model as one line of JSON that XML can hold: what XML lacks stays a JSON escape.
fn json(plan: &Plan) -> Result<String, WriteError> {
    let json = serde_json::to_string(&Document::ActionPlan(plan.clone()))
        .map_err(|error| WriteError::Pack(Box::new(error)))?;
    if json.chars().all(is_allowed) {
        return Ok(json);
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_allowed(c) {
            out.push(c);
        } else {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        }
    }
    Ok(out)
}

/// Tells the file what the new parts are.
fn content_types(package: &mut Package<'_>, number: usize) -> Result<(), WriteError> {
    const NAME: &str = "[Content_Types].xml";
    let mut nodes = package.xml(NAME)?.unwrap_or_default();
    let Some(Node::Element(root)) = nodes.iter_mut().find(|node| node.element().is_some()) else {
        return Err(WriteError::bad_template("innehållsförteckningen saknas", Some(NAME)));
    };
    let add = |root: &mut Element, name: &str, attributes: [(&str, &str); 2]| {
        let attributes = attributes.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
        let name = root.name.replace("Types", name);
        Node::Element(Element { name, attributes, children: Vec::new() })
    };
    let knows_xml = root
        .elements()
        .any(|child| child.attribute("Extension").is_some_and(|extension| extension.eq_ignore_ascii_case("xml")));
    if !knows_xml {
        let default = add(root, "Default", [("Extension", "xml"), ("ContentType", "application/xml")]);
        root.children.insert(0, default);
    }
    let part = format!("/customXml/itemProps{number}.xml");
    let properties = add(root, "Override", [("PartName", &part), ("ContentType", PROPERTIES_TYPE)]);
    root.children.push(properties);
    package.put_xml(NAME, &nodes);
    Ok(())
}

/// The relationship type of a package's main part, in both editions of the standard.
pub(super) fn is_main(kind: &str) -> bool {
    kind.strip_suffix("/officeDocument")
        .is_some_and(|base| base == RELATIONSHIPS || base == "http://purl.oclc.org/ooxml/officeDocument/relationships")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_a_bookmark_can_spell() {
        assert_eq!(bookmark("upphandling-av-9f3c1a").as_deref(), Some("_hp_upphandling_av_9f3c1a"));
        for odd in ["", "Åtgärd", "a_b", &"a".repeat(37)] {
            assert_eq!(bookmark(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_json_fits_in_xml() {
        let plan = Plan { title: Some("a\u{1}b\u{ffff}c".into()), ..Plan::default() };
        let text = json(&plan).unwrap();
        assert!(text.chars().all(is_allowed), "{text}");
        assert_eq!(serde_json::from_str::<Document>(&text).unwrap(), Document::ActionPlan(plan));
    }
}
