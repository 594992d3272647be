//! The examples of `docs/gateways/chat-api.md`, made by `make generate`.

use std::error::Error;

use wamux::Client;

async fn the_instance(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::chat_api::{Expiry, GetInstanceStatuses, GetQrCode, GetStatus, Logout, Reboot, Retry, Takeover};

    println!("{:?}", client.run(&GetStatus { full: Some(true), ..GetStatus::default() }).await?.account_status);
    println!("{:?}", client.run(&GetInstanceStatuses::default()).await?.statuses);
    println!("{:?}", client.run(&Retry {}).await?.message);
    println!("{:?}", client.run(&Takeover {}).await?.message);
    println!("{:?}", client.run(&Logout {}).await?.message);
    client.download(&GetQrCode {}).await?.save("code.png").await?;
    println!("{:?}", client.run(&Expiry {}).await?.message);
    client.run(&Reboot {}).await?;
    Ok(())
}

async fn settings_and_the_webhook(client: &Client, message_id: &str) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::chat_api::{GetSettings, GetWebhook, GetWebhookStatus, SetWebhook, UpdateSettings};

    println!("{:?}", client.run(&UpdateSettings { ack_notifications_on: Some(true), webhook_statuses: Some(true), ..UpdateSettings::default() }).await?.settings);
    println!("{:?}", client.run(&GetSettings {}).await?.ack_notifications_on);
    println!("{:?}", client.run(&SetWebhook { url: "https://example.com/wamux".into() }).await?.set);
    println!("{:?}", client.run(&GetWebhook {}).await?.url);
    println!("{:?}", client.run(&GetWebhookStatus { message_id: message_id.into() }).await?.status);
    Ok(())
}

async fn what_messages_cannot_say(client: &Client, message_id: &str) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::chat_api::{ForwardMessage, SendContact, SendLink};

    println!("{:?}", client.run(&SendLink { to: "+7 903 456-78-90".into(), recipient_type: None, link: "https://example.com/17".into(), title: "Order 17".into(), preview: "data:image/png;base64,iVBORw0KGgo=".into(), description: None }).await?.message_id);
    println!("{:?}", client.run(&SendContact { to: "+7 903 456-78-90".into(), recipient_type: None, contact_ids: vec!["17472822486@c.us".into()] }).await?.message_id);
    println!("{:?}", client.run(&ForwardMessage { to: "+7 903 456-78-90".into(), recipient_type: None, message_ids: vec![message_id.into()] }).await?.message_id);
    Ok(())
}

async fn messages_and_chats(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::chat_api::{GetDialogs, GetMessageHistory, GetMessages, ReadChat};

    println!("{:?}", client.run(&GetMessages { last_message_number: Some(0), limit: Some(100), ..GetMessages::default() }).await?.last_message_number);
    println!("{:?}", client.run(&GetMessageHistory { count: Some(10), ..GetMessageHistory::default() }).await?.messages);
    println!("{:?}", client.run(&GetDialogs {}).await?.dialogs);
    println!("{:?}", client.run(&ReadChat { to: "+7 903 456-78-90".into(), recipient_type: None }).await?.chat_id);
    Ok(())
}

async fn groups(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::chat_api::{AddGroupParticipant, CreateGroup, DemoteGroupParticipant, PromoteGroupParticipant, RemoveGroupParticipant};

    let group = client.run(&CreateGroup { group_name: "Drivers".into(), phones: Some(vec!["+1 747 282-2486".into()]), chat_ids: None, message_text: Some("Welcome".into()) }).await?;
    println!("{:?}", client.run(&AddGroupParticipant { group_id: group.chat_id.clone().unwrap_or_default(), participant_phone: Some("+7 903 456-78-90".into()), participant_chat_id: None }).await?.message);
    println!("{:?}", client.run(&PromoteGroupParticipant { group_id: group.chat_id.clone().unwrap_or_default(), participant_phone: Some("+7 903 456-78-90".into()), participant_chat_id: None }).await?.message);
    println!("{:?}", client.run(&DemoteGroupParticipant { group_id: group.chat_id.clone().unwrap_or_default(), participant_phone: Some("+7 903 456-78-90".into()), participant_chat_id: None }).await?.message);
    println!("{:?}", client.run(&RemoveGroupParticipant { group_id: group.chat_id.clone().unwrap_or_default(), participant_phone: Some("+7 903 456-78-90".into()), participant_chat_id: None }).await?.message);
    Ok(())
}

async fn queues(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::chat_api::{ClearActionsQueue, ClearMessagesQueue, ShowActionsQueue, ShowMessagesQueue};

    println!("{:?}", client.run(&ShowMessagesQueue {}).await?.total_messages);
    println!("{:?}", client.run(&ClearMessagesQueue {}).await?.message);
    println!("{:?}", client.run(&ShowActionsQueue {}).await?.total_actions);
    println!("{:?}", client.run(&ClearActionsQueue {}).await?.message);
    Ok(())
}

async fn numbers_and_bans(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::chat_api::{CheckPhone, GetBanSettings, SetBanSettings, TestBan};

    println!("{:?}", client.run(&CheckPhone { phone: "+7 903 456-78-90".into() }).await?.result);
    println!("{:?}", client.run(&SetBanSettings { ban_phone_mask: "^7900".into(), pre_ban_message: Some("Goodbye".into()) }).await?.ban_phone_mask);
    println!("{:?}", client.run(&GetBanSettings {}).await?.pre_ban_message);
    println!("{:?}", client.run(&TestBan { phone: "+7 900 456-78-90".into() }).await?.banned);
    Ok(())
}

/// Runs an example with what was asked for before.
pub(crate) async fn run(title: &str, client: &Client, given: &[String]) -> Result<(), Box<dyn Error>> {
    match title {
        "The instance" => the_instance(client).await,
        "Settings and the webhook" => settings_and_the_webhook(client, &given[0]).await,
        "What messages cannot say" => what_messages_cannot_say(client, &given[0]).await,
        "Messages and chats" => messages_and_chats(client).await,
        "Groups" => groups(client).await,
        "Queues" => queues(client).await,
        "Numbers and bans" => numbers_and_bans(client).await,
        _ => Err(format!("there is no example {title}").into()),
    }
}
