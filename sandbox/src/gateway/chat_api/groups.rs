//! Groups: who takes part, who administers them, and what the instance does in them.

use serde_json::{Value, json};

use super::codes::is_on_whatsapp;
use super::message::OWN_CHAT;
use super::send::{is_group, is_person, phone, read_chat};
use super::store::Store;
use crate::check::{ANY_LENGTH, NOT_EMPTY, Need, Object, Problems, Rule, note};
use crate::form::is_international_number;
use crate::gateway::unix_seconds;

/// What is done to a participant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Remove,
    Promote,
    Demote,
}

impl Change {
    /// The change that a method of that name asks for.
    pub(super) fn of(method: &str) -> Option<Self> {
        match method {
            "addGroupParticipant" => Some(Self::Add),
            "removeGroupParticipant" => Some(Self::Remove),
            "promoteGroupParticipant" => Some(Self::Promote),
            "demoteGroupParticipant" => Some(Self::Demote),
            _ => None,
        }
    }
}

/// What the instance does in groups, at once or when it is linked again.
pub(super) enum Action {
    Create {
        name: String,
        members: Vec<String>,
        /// The first message and its serial number.
        text: Option<(u64, String)>,
    },
    Change {
        change: Change,
        group: String,
        person: String,
    },
}

impl Action {
    /// The name in the queue.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create group",
            Self::Change { change, .. } => match change {
                Change::Add => "add group participant",
                Change::Remove => "remove group participant",
                Change::Promote => "promote group participant",
                Change::Demote => "demote group participant",
            },
        }
    }

    /// What the queue shows of it.
    pub(super) fn as_json(&self) -> Value {
        match self {
            Self::Create { name, members, .. } => json!({"groupName": name, "chatIds": members}),
            Self::Change { group, person, .. } => {
                json!({"groupId": group, "participantChatId": person})
            }
        }
    }

    /// The answer while the action waits.
    pub(super) fn waiting(&self) -> Value {
        match self {
            Self::Create { .. } => json!({"created": true, "message": "Added to the queue"}),
            Self::Change { group, .. } => {
                json!({"add": true, "message": "Added to the queue", "groupId": group})
            }
        }
    }
}

/// Reads the body of `POST /group`; `serial` is for the first message.
pub(super) fn read_group(
    mut request: Object<'_>,
    serial: u64,
    problems: &mut Problems,
) -> Option<Action> {
    let name = request.string("groupName", Need::Required, &NOT_EMPTY, problems);
    if request.has("phones") == request.has("chatIds") {
        note(
            problems,
            Rule::Missing,
            "",
            "needs one of phones and chatIds",
        );
    }
    let mut members = Vec::new();
    for (list, is_right, detail) in [
        (
            "phones",
            is_international_number as fn(&str) -> bool,
            "must be digits that begin with the country code",
        ),
        ("chatIds", is_person, "must be digits and @c.us"),
    ] {
        let need = if request.has(list) {
            Need::Required
        } else {
            Need::Optional
        };
        for (path, item) in request.array(list, need, usize::MAX, problems) {
            let member = phone(item);
            if !is_right(&member) {
                note(problems, Rule::Invalid, path, detail);
            }
            members.push(if list == "phones" {
                format!("{member}@c.us")
            } else {
                member
            });
        }
    }
    let text = request.string("messageText", Need::Optional, &ANY_LENGTH, problems);
    request.finish(problems);
    let text = text.filter(|text| !text.is_empty());
    Some(Action::Create {
        name: name?.to_owned(),
        members,
        text: text.map(|text| (serial, text.to_owned())),
    })
}

/// Reads the body of the four methods that change a participant.
pub(super) fn read_change(
    change: Change,
    mut request: Object<'_>,
    problems: &mut Problems,
) -> Option<Action> {
    let group = request.string("groupId", Need::Required, &ANY_LENGTH, problems);
    if group.is_some_and(|group| !is_group(group)) {
        let detail = "must be a group's id and @g.us";
        note(problems, Rule::Invalid, "groupId", detail);
    }
    let names = ["participantChatId", "participantPhone"];
    let person = read_chat(&mut request, names, problems);
    if person.as_deref().is_some_and(is_group) {
        let detail = "must be a person's id, digits and @c.us";
        note(problems, Rule::Invalid, names[0], detail);
    }
    request.finish(problems);
    Some(Action::Change {
        change,
        group: group?.to_owned(),
        person: person?,
    })
}

struct Participant {
    chat: String,
    is_admin: bool,
}

/// A group that the instance created.
pub(super) struct Group {
    pub(super) id: String,
    name: String,
    participants: Vec<Participant>,
}

impl Group {
    fn find(&self, chat: &str) -> Option<usize> {
        self.participants.iter().position(|one| one.chat == chat)
    }

    fn is_admin(&self, chat: &str) -> bool {
        let mut participants = self.participants.iter();
        participants.any(|one| one.chat == chat && one.is_admin)
    }

    fn invite_link(&self) -> String {
        let code = self.id.replace(['-', '@', '.'], "");
        format!("https://chat.whatsapp.com/{code}")
    }

    fn as_dialog(&self) -> Value {
        let of = |is_wanted: fn(&Participant) -> bool| -> Vec<&str> {
            let found = self.participants.iter().filter(|one| is_wanted(one));
            found.map(|one| one.chat.as_str()).collect()
        };
        json!({
            "id": self.id,
            "name": self.name,
            "image": "",
            "metadata": {
                "isGroup": true,
                "participants": of(|_| true),
                "admins": of(|one| one.is_admin),
                "groupInviteLink": self.invite_link(),
            },
        })
    }
}

/// The groups that the instance created.
#[derive(Default)]
pub(super) struct Groups(Vec<Group>);

impl Groups {
    fn find(&self, id: &str) -> Option<&Group> {
        self.0.iter().find(|group| group.id == id)
    }

    /// Whether the instance created the chat.
    pub(super) fn knows(&self, chat: &str) -> bool {
        self.find(chat).is_some()
    }

    /// Creates a group, which the instance administers.
    pub(super) fn create(&mut self, name: &str, members: &[String]) -> Result<&Group, String> {
        if members.iter().any(|member| !is_on_whatsapp(member)) {
            return Err("a participant does not use WhatsApp".to_owned());
        }
        let own = Participant {
            chat: OWN_CHAT.to_owned(),
            is_admin: true,
        };
        let others = members.iter().map(|chat| Participant {
            chat: chat.clone(),
            is_admin: false,
        });
        let creator = OWN_CHAT.trim_end_matches("@c.us");
        // Groups of one second differ too.
        let time = unix_seconds() + i64::try_from(self.0.len()).unwrap_or_default();
        self.0.push(Group {
            id: format!("{creator}-{time}@g.us"),
            name: name.to_owned(),
            participants: [own].into_iter().chain(others).collect(),
        });
        self.0.last().ok_or_else(|| "no group".to_owned())
    }

    /// Changes a participant. Groups that the instance did not create but was written to in are known by the `store`.
    pub(super) fn change(
        &mut self,
        change: Change,
        group: &str,
        person: &str,
        store: &Store,
    ) -> Result<&'static str, String> {
        let refusal = |text: &str| Err(text.to_owned());
        let Some(found) = self.0.iter_mut().find(|one| one.id == group) else {
            return refusal(if store.knows(group) {
                "the instance is not an admin of the group"
            } else {
                "there is no such group"
            });
        };
        if !found.is_admin(OWN_CHAT) {
            return refusal("the instance is not an admin of the group");
        }
        let is_admin = found.is_admin(person);
        match (change, found.find(person)) {
            (Change::Add, Some(_)) => refusal("the participant is in the group already"),
            (Change::Add, None) if !is_on_whatsapp(person) => {
                refusal("the participant does not use WhatsApp")
            }
            (Change::Add, None) => {
                found.participants.push(Participant {
                    chat: person.to_owned(),
                    is_admin: false,
                });
                Ok("The participant was added")
            }
            (_, None) => refusal("the participant is not in the group"),
            (Change::Remove, Some(index)) => {
                found.participants.remove(index);
                Ok("The participant was removed")
            }
            (Change::Promote, Some(_)) if is_admin => {
                refusal("the participant is an admin already")
            }
            (Change::Demote, Some(_)) if !is_admin => refusal("the participant is not an admin"),
            (Change::Promote | Change::Demote, Some(index)) => {
                if let Some(participant) = found.participants.get_mut(index) {
                    participant.is_admin = !is_admin;
                }
                Ok(if is_admin {
                    "The participant was demoted"
                } else {
                    "The participant was promoted"
                })
            }
        }
    }
}

/// The answer that tells a created group.
pub(super) fn created(group: &Group) -> Value {
    json!({
        "created": true,
        "message": "The group was created",
        "chatId": group.id,
        "groupInviteLink": group.invite_link(),
    })
}

/// `GET /dialogs`: the chats that have messages, the latest first, then the groups that have none.
pub(super) fn dialogs(groups: &Groups, store: &Store) -> Value {
    let chats = store.chats();
    let is_silent = |group: &&Group| chats.iter().all(|(chat, _)| *chat != group.id);
    let silent = groups.0.iter().filter(is_silent).map(Group::as_dialog);
    let spoken = chats.iter().map(|(chat, name)| {
        if let Some(group) = groups.find(chat) {
            return group.as_dialog();
        }
        let number = chat.split('@').next().unwrap_or(chat);
        json!({
            "id": chat,
            "name": name.unwrap_or(number),
            "image": "",
            "metadata": {"isGroup": is_group(chat)},
        })
    });
    let dialogs: Vec<Value> = spoken.chain(silent).collect();
    json!({ "dialogs": dialogs })
}
