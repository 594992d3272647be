//! The examples of `docs/gateways/tujenge.md`, made by `make generate`.

use std::error::Error;

use wamux::Client;

async fn messages_that_came_in(client: &Client, message_id: &str) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::tujenge::MarkAsRead;

    client.run(&MarkAsRead { message_id: message_id.into() }).await?;
    Ok(())
}

async fn contacts(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::tujenge::{BlockContact, Blocking, CheckContacts, UnblockContact};

    println!("{:?}", client.run(&CheckContacts { contacts: vec!["+7 903 456-78-90".into(), "+1 650 555-12-34".into()], blocking: Some(Blocking::Wait), force_check: None }).await?.contacts);
    client.run(&BlockContact { phone: "+7 903 456-78-90".into(), reason: Some("spam".into()) }).await?;
    client.run(&UnblockContact { phone: "+7 903 456-78-90".into() }).await?;
    Ok(())
}

async fn media(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::file_source;
    use wamux::gateway::typed::tujenge::{DeleteMedia, DownloadMedia, UploadMedia};

    let media = client.run(&UploadMedia { mime_type: "image/png".into(), source: file_source("photo.png")? }).await?;
    client.download(&DownloadMedia { media_id: media.id.clone() }).await?.save("copy.png").await?;
    client.run(&DeleteMedia { media_id: media.id.clone() }).await?;
    Ok(())
}

async fn the_business_profile(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::tujenge::{GetBusinessProfile, UpdateBusinessProfile};

    client.run(&UpdateBusinessProfile { description: Some("Coffee and tea".into()), vertical: Some("Food and Grocery".into()), websites: Some(vec!["https://example.com".into()]), ..UpdateBusinessProfile::default() }).await?;
    println!("{:?}", client.run(&GetBusinessProfile {}).await?.description);
    Ok(())
}

async fn the_profile(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::file_source;
    use wamux::gateway::typed::tujenge::{DeleteProfilePhoto, GetAbout, GetProfilePhoto, GetProfilePhotoLink, SetAbout, SetProfilePhoto};

    client.run(&SetAbout { text: "Open from 9 to 17".into() }).await?;
    println!("{:?}", client.run(&GetAbout {}).await?.text);
    client.run(&SetProfilePhoto { mime_type: "image/png".into(), source: file_source("photo.png")? }).await?;
    client.download(&GetProfilePhoto {}).await?.save("copy.png").await?;
    println!("{:?}", client.run(&GetProfilePhotoLink {}).await?.link);
    client.run(&DeleteProfilePhoto {}).await?;
    Ok(())
}

async fn sticker_packs(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::tujenge::{CreateStickerPack, DeleteStickerPack, GetStickerPack, ListStickerPacks, UpdateStickerPack};

    let pack = client.run(&CreateStickerPack { publisher: "Example".into(), name: "Cups".into(), ios_app_store_link: None, android_app_store_link: None }).await?;
    println!("{:?}", client.run(&ListStickerPacks::default()).await?.sticker_packs);
    client.run(&UpdateStickerPack { sticker_pack_id: pack.id.clone().unwrap_or_default(), publisher: None, name: Some("Mugs".into()), ios_app_store_link: None, android_app_store_link: None }).await?;
    println!("{:?}", client.run(&GetStickerPack { sticker_pack_id: pack.id.clone().unwrap_or_default(), namespace: None }).await?.name);
    client.run(&DeleteStickerPack { sticker_pack_id: pack.id.clone().unwrap_or_default() }).await?;
    Ok(())
}

async fn stickers(client: &Client, sticker_pack_id: &str) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::tujenge::{AddSticker, DeleteSticker, GetSticker, ListStickers, UpdateSticker};

    println!("{:?}", client.run(&AddSticker { sticker_pack_id: sticker_pack_id.into(), image_data_id: "f043afd0-f0ae-4b9c-ab3d-696fb4c8cd68".into(), emojis: Some(vec!["☕".into()]) }).await?.index);
    println!("{:?}", client.run(&ListStickers { sticker_pack_id: sticker_pack_id.into(), namespace: None }).await?.stickers);
    client.run(&UpdateSticker { sticker_pack_id: sticker_pack_id.into(), index: 0, image_data_id: None, emojis: Some(vec!["☕".into(), "🍵".into()]) }).await?;
    println!("{:?}", client.run(&GetSticker { sticker_pack_id: sticker_pack_id.into(), index: 0, namespace: None }).await?.emojis);
    client.run(&DeleteSticker { sticker_pack_id: sticker_pack_id.into(), index: 0 }).await?;
    Ok(())
}

async fn the_webhook(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::tujenge::SetWebhook;

    println!("{:?}", client.run(&SetWebhook { url: "https://example.com/wamux".into(), headers: [("X-Secret".into(), "a-long-secret".into())].into() }).await?.url);
    Ok(())
}

async fn groups(client: &Client) -> Result<(), Box<dyn Error>> {
    use wamux::file_source;
    use wamux::gateway::typed::tujenge::{CreateGroup, DeleteGroupIcon, GetGroup, GetGroupIcon, GetGroupInvite, LeaveGroup, ListGroups, RevokeGroupInvite, SetGroupIcon, UpdateGroup};

    let group = client.run(&CreateGroup { subject: "Drivers".into() }).await?;
    println!("{:?}", client.run(&ListGroups {}).await?.groups);
    client.run(&UpdateGroup { group_id: group.id.clone().unwrap_or_default(), subject: "Night drivers".into() }).await?;
    println!("{:?}", client.run(&GetGroup { group_id: group.id.clone().unwrap_or_default() }).await?.subject);
    println!("{:?}", client.run(&GetGroupInvite { group_id: group.id.clone().unwrap_or_default() }).await?.link);
    client.run(&RevokeGroupInvite { group_id: group.id.clone().unwrap_or_default() }).await?;
    client.run(&SetGroupIcon { group_id: group.id.clone().unwrap_or_default(), mime_type: "image/png".into(), source: file_source("photo.png")? }).await?;
    client.download(&GetGroupIcon { group_id: group.id.clone().unwrap_or_default() }).await?.save("copy.png").await?;
    client.run(&DeleteGroupIcon { group_id: group.id.clone().unwrap_or_default() }).await?;
    client.run(&LeaveGroup { group_id: group.id.clone().unwrap_or_default() }).await?;
    Ok(())
}

async fn people_in_groups(client: &Client, group_id: &str, wa_id: &str) -> Result<(), Box<dyn Error>> {
    use wamux::gateway::typed::tujenge::{AddGroupAdmins, RemoveGroupAdmins, RemoveGroupParticipants};

    client.run(&AddGroupAdmins { group_id: group_id.into(), wa_ids: vec![wa_id.into()] }).await?;
    client.run(&RemoveGroupAdmins { group_id: group_id.into(), wa_ids: vec![wa_id.into()] }).await?;
    client.run(&RemoveGroupParticipants { group_id: group_id.into(), wa_ids: vec![wa_id.into()] }).await?;
    Ok(())
}

/// Runs an example with what was asked for before.
pub(crate) async fn run(title: &str, client: &Client, given: &[String]) -> Result<(), Box<dyn Error>> {
    match title {
        "Messages that came in" => messages_that_came_in(client, &given[0]).await,
        "Contacts" => contacts(client).await,
        "Media" => media(client).await,
        "The business profile" => the_business_profile(client).await,
        "The profile" => the_profile(client).await,
        "Sticker packs" => sticker_packs(client).await,
        "Stickers" => stickers(client, &given[0]).await,
        "The webhook" => the_webhook(client).await,
        "Groups" => groups(client).await,
        "People in groups" => people_in_groups(client, &given[0], &given[1]).await,
        _ => Err(format!("there is no example {title}").into()),
    }
}
