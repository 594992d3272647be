//! The calls beyond sending.
//!
//! Sources: chat-api, "The REST API"; the `OpenAPI` descriptions of its clients.

mod ban;
mod bare;
mod chats;
mod instance;
mod messages;
mod orders;
mod pages;
mod participants;
mod phones;
mod queues;
mod sends;
mod settings;
mod webhook;

pub use ban::{BanSettings, BanVerdict, GetBanSettings, SetBanSettings, TestBan};
pub use chats::{ChatRead, CreateGroup, Dialog, Dialogs, GetDialogs, QueuedGroup, ReadChat};
pub use instance::{
    AccountStatus, GetInstanceStatuses, GetQrCode, GetStatus, InstanceStatus, InstanceStatusChange,
    InstanceStatuses, StatusAction, StatusData,
};
pub use messages::{GetMessageHistory, GetMessages, MessageHistory, MessagePage};
pub use orders::{Expiry, InstanceOrder, Logout, Reboot, Retry, Takeover};
pub use pages::MessagePages;
pub use participants::{
    AddGroupParticipant, DemoteGroupParticipant, GroupChange, PromoteGroupParticipant,
    RemoveGroupParticipant,
};
pub use phones::{CheckPhone, CheckedPhone, PhoneExistence};
pub use queues::{
    ActionType, ActionsQueue, ClearActionsQueue, ClearMessagesQueue, ClearedActions,
    ClearedMessages, MessagesQueue, QueuedAction, QueuedMessage, ShowActionsQueue,
    ShowMessagesQueue,
};
pub use sends::{AcceptedMessage, ForwardMessage, SendContact, SendLink};
pub use settings::{GetSettings, InstanceSettings, UpdateSettings, UpdatedSettings};
pub use webhook::{
    GetWebhook, GetWebhookStatus, InstanceWebhook, SetWebhook, WebhookDelivery,
    WebhookDeliveryStatus,
};

pub(super) use sends::accepted;
pub(super) use webhook::WEBHOOK;

use bare::bare_call;

use crate::call::CallProfile;

pub(super) static CALLS: &[CallProfile] = &[
    CallProfile::of::<GetStatus>(),
    CallProfile::of::<GetQrCode>(),
    CallProfile::of::<Logout>(),
    CallProfile::of::<Takeover>(),
    CallProfile::of::<Expiry>(),
    CallProfile::of::<Retry>(),
    CallProfile::of::<Reboot>(),
    CallProfile::of::<GetSettings>(),
    CallProfile::of::<UpdateSettings>(),
    CallProfile::of::<SendLink>(),
    CallProfile::of::<SendContact>(),
    CallProfile::of::<ForwardMessage>(),
    CallProfile::of::<GetMessages>(),
    CallProfile::of::<GetMessageHistory>(),
    CallProfile::of::<GetDialogs>(),
    CallProfile::of::<CreateGroup>(),
    CallProfile::of::<ReadChat>(),
    CallProfile::of::<AddGroupParticipant>(),
    CallProfile::of::<RemoveGroupParticipant>(),
    CallProfile::of::<PromoteGroupParticipant>(),
    CallProfile::of::<DemoteGroupParticipant>(),
    CallProfile::of::<SetWebhook>(),
    CallProfile::of::<GetWebhook>(),
    CallProfile::of::<GetWebhookStatus>(),
    CallProfile::of::<ShowMessagesQueue>(),
    CallProfile::of::<ClearMessagesQueue>(),
    CallProfile::of::<ShowActionsQueue>(),
    CallProfile::of::<ClearActionsQueue>(),
    CallProfile::of::<GetBanSettings>(),
    CallProfile::of::<SetBanSettings>(),
    CallProfile::of::<TestBan>(),
    CallProfile::of::<GetInstanceStatuses>(),
    CallProfile::of::<CheckPhone>(),
];
