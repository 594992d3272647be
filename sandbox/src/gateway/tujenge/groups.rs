//! Groups, which the upstream has withdrawn since: the calls are as its older documents have them.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::document::{done, read_document, tell};
use super::errors::refuse;
use super::picture::Picture;
use crate::check::{Need, Rule, as_string, note};
use crate::form::is_international_number;
use crate::gateway::{Call, Numbers, Reply, unix_seconds};
use crate::incoming::{Content, Incoming};
use crate::lock;

/// The business's own number. Like the magic recipients' it belongs to nobody.
const BUSINESS: &str = "72009000001";

/// The longest subject in characters (On-Premises API, Groups).
const LONGEST_SUBJECT: usize = 25;

struct Group {
    id: String,
    subject: String,
    creation_time: i64,
    participants: Vec<String>,
    admins: Vec<String>,
    invite: Option<String>,
    icon: Option<Picture>,
}

/// The groups that the business created, the oldest first.
#[derive(Default)]
pub(super) struct Groups(Mutex<Vec<Group>>);

impl Groups {
    /// Answers a call; `path` is what follows `/v1/groups`.
    pub(super) fn answer(&self, call: &Call<'_>, path: &[&str]) -> Option<Result<Reply, Reply>> {
        let method = call.method.as_str();
        let Some((id, rest)) = path.split_first() else {
            return match method {
                "GET" => Some(Ok(self.list())),
                "POST" => Some(self.create(call)),
                _ => None,
            };
        };
        let act: fn(&mut Group, &Call<'_>) -> Result<Reply, Reply> = match (method, rest) {
            ("GET", []) => |group, _| Ok(group.tell()),
            ("PUT", []) => Group::rename,
            ("GET", ["invite"]) => Group::invite,
            ("DELETE", ["invite"]) => Group::revoke_invite,
            ("DELETE", ["participants"]) => Group::remove,
            ("POST", ["leave"]) => Group::leave,
            ("GET", ["icon"]) => Group::icon,
            ("POST", ["icon"]) => Group::set_icon,
            ("DELETE", ["icon"]) => Group::delete_icon,
            ("PATCH", ["admins"]) => Group::promote,
            ("DELETE", ["admins"]) => Group::demote,
            _ => return None,
        };
        let mut groups = lock(&self.0);
        let Some(group) = groups.iter_mut().find(|group| group.id == *id) else {
            return Some(Err(refuse(1012, "no group has this id")));
        };
        if !group.has(BUSINESS) {
            return Some(Err(refuse(1003, "the business is not in the group")));
        }
        Some(act(group, call))
    }

    /// What an incoming message says of a group: who writes in one is a participant, and so is who joined it.
    pub(super) fn follow(&self, incoming: &Incoming) {
        let Some(id) = &incoming.envelope.group_id else {
            return;
        };
        let mut groups = lock(&self.0);
        let Some(group) = groups.iter_mut().find(|group| group.id == *id) else {
            return;
        };
        let Content::System(system) = &incoming.content else {
            add(&mut group.participants, &incoming.envelope.from);
            return;
        };
        // Whom a system message is about stands in `users`; without them it is about who it is from.
        let named = system.more.get("users").and_then(Value::as_array);
        let users: Vec<&str> = match named {
            Some(users) => users.iter().filter_map(Value::as_str).collect(),
            None => vec![&incoming.envelope.from],
        };
        for user in users {
            match system.kind.as_str() {
                "group_user_joined" => add(&mut group.participants, user),
                "group_user_left" => group.drop(user),
                "group_user_promoted" => {
                    add(&mut group.participants, user);
                    add(&mut group.admins, user);
                }
                "group_user_demoted" => group.admins.retain(|admin| admin != user),
                _ => {}
            }
        }
    }

    /// The groups in which the business is.
    fn list(&self) -> Reply {
        let groups: Vec<Value> = lock(&self.0)
            .iter()
            .filter(|group| group.has(BUSINESS))
            .map(Group::row)
            .collect();
        tell(json!({ "groups": groups }))
    }

    fn create(&self, call: &Call<'_>) -> Result<Reply, Reply> {
        let subject = read_subject(call)?;
        let mut groups = lock(&self.0);
        let creation_time = unix_seconds();
        // Two groups of one second must differ.
        let serial = creation_time + i64::try_from(groups.len()).unwrap_or_default();
        let group = Group {
            id: format!("{BUSINESS}-{serial}"),
            subject,
            creation_time,
            participants: vec![BUSINESS.to_owned()],
            admins: vec![BUSINESS.to_owned()],
            invite: Some(invite_link(call.numbers)),
            icon: None,
        };
        let row = group.row();
        groups.push(group);
        Ok(tell(json!({"groups": [row]})))
    }
}

impl Group {
    fn has(&self, wa_id: &str) -> bool {
        self.participants.iter().any(|one| one == wa_id)
    }

    fn drop(&mut self, wa_id: &str) {
        self.participants.retain(|one| one != wa_id);
        self.admins.retain(|one| one != wa_id);
    }

    fn row(&self) -> Value {
        json!({"id": self.id, "creation_time": self.creation_time})
    }

    fn tell(&self) -> Reply {
        tell(json!({"groups": [{
            "admins": self.admins,
            "creation_time": self.creation_time,
            "creator": BUSINESS,
            "participants": self.participants,
            "subject": self.subject,
        }]}))
    }

    fn check_admin(&self) -> Result<(), Reply> {
        if self.admins.iter().any(|admin| admin == BUSINESS) {
            return Ok(());
        }
        Err(refuse(1019, "the business is no admin of the group"))
    }

    fn rename(&mut self, call: &Call<'_>) -> Result<Reply, Reply> {
        let subject = read_subject(call)?;
        self.check_admin()?;
        self.subject = subject;
        Ok(done())
    }

    /// A link that was taken back is followed by a new one.
    fn invite(&mut self, call: &Call<'_>) -> Result<Reply, Reply> {
        self.check_admin()?;
        let link = self.invite.get_or_insert_with(|| invite_link(call.numbers));
        Ok(tell(json!({"groups": [{"link": link}]})))
    }

    fn revoke_invite(&mut self, _call: &Call<'_>) -> Result<Reply, Reply> {
        self.check_admin()?;
        self.invite = None;
        Ok(done())
    }

    fn remove(&mut self, call: &Call<'_>) -> Result<Reply, Reply> {
        let wa_ids = read_wa_ids(call)?;
        self.check_admin()?;
        self.check_others(&wa_ids)?;
        for wa_id in &wa_ids {
            self.drop(wa_id);
        }
        Ok(done())
    }

    fn leave(&mut self, call: &Call<'_>) -> Result<Reply, Reply> {
        if !call.body.is_empty() {
            read_document(call, |_, _| Some(()))?;
        }
        self.drop(BUSINESS);
        Ok(done())
    }

    fn icon(&mut self, call: &Call<'_>) -> Result<Reply, Reply> {
        let icon = self.icon.as_ref().ok_or_else(no_icon)?;
        icon.answer(call, |link| tell(json!({"groups": [{"link": link}]})))
    }

    fn set_icon(&mut self, call: &Call<'_>) -> Result<Reply, Reply> {
        let icon = Picture::read(call)?;
        self.check_admin()?;
        self.icon = Some(icon);
        Ok(done())
    }

    fn delete_icon(&mut self, _call: &Call<'_>) -> Result<Reply, Reply> {
        self.check_admin()?;
        self.icon.take().map(|_| done()).ok_or_else(no_icon)
    }

    fn promote(&mut self, call: &Call<'_>) -> Result<Reply, Reply> {
        let wa_ids = read_wa_ids(call)?;
        self.check_admin()?;
        self.check_others(&wa_ids)?;
        for wa_id in &wa_ids {
            add(&mut self.admins, wa_id);
        }
        Ok(done())
    }

    fn demote(&mut self, call: &Call<'_>) -> Result<Reply, Reply> {
        let wa_ids = read_wa_ids(call)?;
        self.check_admin()?;
        self.check_others(&wa_ids)?;
        self.admins.retain(|admin| !wa_ids.contains(admin));
        Ok(done())
    }

    /// All must be participants, and none the business itself.
    fn check_others(&self, wa_ids: &[String]) -> Result<(), Reply> {
        if wa_ids.iter().any(|wa_id| wa_id == BUSINESS) {
            return Err(refuse(1021, "wa_ids: names the business itself"));
        }
        if wa_ids.iter().all(|wa_id| self.has(wa_id)) {
            return Ok(());
        }
        Err(refuse(
            1003,
            "wa_ids: names someone who is not in the group",
        ))
    }
}

fn add(people: &mut Vec<String>, wa_id: &str) {
    if !people.iter().any(|one| one == wa_id) {
        people.push(wa_id.to_owned());
    }
}

fn invite_link(numbers: &Numbers) -> String {
    format!("https://chat.whatsapp.com/sandbox{:016X}", numbers.next())
}

fn no_icon() -> Reply {
    refuse(1006, "the group has no icon")
}

fn read_subject(call: &Call<'_>) -> Result<String, Reply> {
    read_document(call, |document, problems| {
        let length = 1..=LONGEST_SUBJECT;
        let subject = document.string("subject", Need::Required, &length, problems)?;
        Some(subject.to_owned())
    })
}

fn read_wa_ids(call: &Call<'_>) -> Result<Vec<String>, Reply> {
    read_document(call, |document, problems| {
        let mut wa_ids = Vec::new();
        for (path, item) in document.array("wa_ids", Need::Required, usize::MAX, problems) {
            match as_string(item, &path, problems) {
                Some(wa_id) if is_international_number(wa_id) => wa_ids.push(wa_id.to_owned()),
                Some(_) => {
                    let detail = "must be the digits of an international number";
                    note(problems, Rule::Invalid, path, detail);
                }
                None => {}
            }
        }
        Some(wa_ids)
    })
}
