//! Origins: from a place of the wire document to the place where the caller put the value.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::payload::{Member, Payload};

/// Where the caller put a member's value.
///
/// ```
/// use wamux_engine::{Member, Origin, Payload};
///
/// // `data` only wraps, and `params` holds the parameters of a template's first component.
/// let parameter = |name, text, position| {
///     let path = "template.components[].parameters[].text";
///     Member::new(name, text).from(Origin::Indexed(path, [0, position]))
/// };
/// let parameters = Payload::record([parameter("1", "17", 0), parameter("2", "May", 1)]);
/// let data = Payload::record([Member::new("params", parameters)]);
/// let payload = Payload::record([Member::new("data", data).from(Origin::Parent)]);
/// let mut json = Vec::new();
/// payload.write_json(&mut json, &|_| "");
/// assert_eq!(json, br#"{"data":{"params":{"1":"17","2":"May"}}}"#);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Under the same name in the object that the parent came from.
    Same,
    /// The member only wraps: what is in it has the parent's path.
    Parent,
    /// At this path of the message.
    At(&'static str),
    /// In this part of the message, under this name: `In("image", "link")`.
    In(&'static str, &'static str),
    /// At this path, each `[]` in it being one of the indexes.
    Indexed(&'static str, [usize; 2]),
}

/// The places of one document. Whatever their number, a place is found in the time of its depth.
pub(crate) struct Places<'p> {
    root: &'p Payload<'p>,
    /// Of each large object, by its address, the positions of its members.
    positions: HashMap<*const Member<'p>, HashMap<&'p str, usize>>,
}

/// A place of the wire document.
#[derive(Clone)]
pub(crate) struct Place<'p> {
    /// Where the caller put it.
    pub(crate) path: String,
    /// A key that sorts places in the document's order.
    pub(crate) order: Vec<usize>,
    /// What stands there.
    pub(crate) node: Option<&'p Payload<'p>>,
}

impl<'p> Places<'p> {
    /// Up to so many members are compared one by one.
    const SMALL: usize = 32;

    pub(crate) fn new(root: &'p Payload<'p>) -> Self {
        Self {
            root,
            positions: HashMap::new(),
        }
    }

    /// The place at the segments of a JSON Pointer.
    pub(crate) fn find<'s>(&mut self, segments: impl Iterator<Item = &'s str>) -> Place<'p> {
        let root = Place {
            path: String::new(),
            order: Vec::new(),
            node: Some(self.root),
        };
        self.below(root, segments)
    }

    /// The place at further segments below another.
    pub(crate) fn below<'s>(
        &mut self,
        from: Place<'p>,
        segments: impl Iterator<Item = &'s str>,
    ) -> Place<'p> {
        segments.fold(from, |place, segment| self.step(place, segment))
    }

    fn step(&mut self, mut place: Place<'p>, segment: &str) -> Place<'p> {
        match place.node {
            Some(Payload::List(items)) => {
                let index = segment.parse().unwrap_or(usize::MAX);
                let _ = write!(place.path, "[{segment}]");
                place.order.push(index);
                place.node = items.get(index);
            }
            Some(Payload::Record(members)) => {
                let position = self.position(members, segment);
                let member = position.and_then(|position| members.get(position));
                match member.map_or(Origin::Same, Member::origin) {
                    Origin::Same => push_name(&mut place.path, segment),
                    Origin::Parent => {}
                    Origin::At(origin) => origin.clone_into(&mut place.path),
                    Origin::In(part, name) => place.path = format!("{part}.{name}"),
                    Origin::Indexed(origin, indexes) => place.path = fill(origin, indexes),
                }
                place.order.push(position.unwrap_or(usize::MAX));
                place.node = member.and_then(Member::value);
            }
            _ => {
                push_name(&mut place.path, segment);
                place.order.push(usize::MAX);
                place.node = None;
            }
        }
        place
    }

    fn position(&mut self, members: &'p [Member<'p>], name: &str) -> Option<usize> {
        if members.len() <= Self::SMALL {
            return members.iter().position(|member| member.name() == name);
        }
        let positions = self.positions.entry(members.as_ptr()).or_insert_with(|| {
            // Of two members of one name the first counts, as in a small object.
            let in_order = members.iter().enumerate().rev();
            in_order
                .map(|(position, member)| (member.name(), position))
                .collect()
        });
        positions.get(name).copied()
    }
}

fn push_name(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

/// `a[].b[]` and `[1, 0]` → `a[1].b[0]`.
fn fill(path: &str, indexes: [usize; 2]) -> String {
    let mut parts = path.split("[]");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (part, index) in parts.zip(indexes) {
        let _ = write!(filled, "[{index}]{part}");
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::IntoPayload as _;
    use serde_json::json;

    fn path(payload: &Payload<'_>, pointer: &str) -> String {
        Places::new(payload).find(pointer.split('/').skip(1)).path
    }

    #[test]
    fn a_place_on_the_wire_leads_to_the_callers_path() {
        let parameter = "template.components[].parameters[].text";
        let payload = Payload::record([
            Member::new("contentUrl", "x").at("image.link"),
            Member::new("contentName", None::<&str>).at("document.filename"),
            Member::new(
                "templateParams",
                Payload::record([
                    Member::new("1", "a").from(Origin::Indexed(parameter, [2, 0])),
                    Member::new("2", "b").from(Origin::Indexed(parameter, [2, 1])),
                ]),
            )
            .at("template.components"),
            Member::new(
                "wrapper",
                Payload::record([Member::new(
                    "list",
                    Payload::List(vec!["x".into_payload().unwrap()]),
                )]),
            )
            .from(Origin::Parent),
        ]);
        assert_eq!(path(&payload, "/contentUrl"), "image.link");
        assert_eq!(path(&payload, "/contentName"), "document.filename");
        assert_eq!(
            path(&payload, "/templateParams/2"),
            "template.components[2].parameters[1].text"
        );
        assert_eq!(path(&payload, "/wrapper/list/0/unknown"), "list[0].unknown");
        assert_eq!(path(&payload, ""), "");
    }

    #[test]
    fn a_native_payload_has_its_own_names_for_path() {
        let value = json!({"message": {"data": [{"text": 1}]}});
        let payload = Payload::from(&value);
        assert_eq!(
            path(&payload, "/message/data/0/text"),
            "message.data[0].text"
        );
    }

    #[test]
    fn a_member_of_a_large_object_is_found_as_one_of_a_small_object() {
        let names: Vec<String> = (0..100).map(|number| format!("m{number}")).collect();
        let list = || Payload::list([Payload::Null].into_iter());
        let members = names.iter().map(|name| Member::new(name.as_str(), list()));
        let members: Vec<Member<'_>> = members.chain([Member::new("m3", "again")]).collect();
        let payload = Payload::record(members);
        let mut places = Places::new(&payload);
        let mut order = |pointer: &str| places.find(pointer.split('/').skip(1)).order;
        assert_eq!(order("/m3/0"), [3, 0]);
        assert_eq!(order("/m99"), [99]);
        assert_eq!(order("/m100"), [usize::MAX]);
    }
}
