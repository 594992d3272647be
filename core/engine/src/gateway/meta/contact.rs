//! Writes contact cards in Meta's shape.

use crate::message::{
    Contact, ContactAddress, ContactEmail, ContactIm, ContactName, ContactOrganisation,
    ContactPhone, ContactUrl,
};
use crate::payload::{Member, Payload};

pub(super) fn part(card: &Contact) -> Payload<'_> {
    Payload::record([
        Member::new(
            "addresses",
            Payload::list(card.addresses.iter().map(address)),
        ),
        Member::new("birthday", card.birthday.as_ref()),
        Member::new("emails", Payload::list(card.emails.iter().map(email))),
        Member::new("ims", Payload::list(card.ims.iter().map(im))),
        Member::new("name", name(&card.name)),
        Member::new("org", card.org.as_ref().map(organisation)),
        Member::new("phones", Payload::list(card.phones.iter().map(phone))),
        Member::new("urls", Payload::list(card.urls.iter().map(url))),
    ])
}

fn address(address: &ContactAddress) -> Payload<'_> {
    Payload::record([
        Member::new("street", address.street.as_ref()),
        Member::new("city", address.city.as_ref()),
        Member::new("state", address.state.as_ref()),
        Member::new("zip", address.zip.as_ref()),
        Member::new("country", address.country.as_ref()),
        Member::new("country_code", address.country_code.as_ref()),
        Member::new("type", address.kind.as_ref()),
    ])
}

fn email(email: &ContactEmail) -> Payload<'_> {
    Payload::record([
        Member::new("email", email.email.as_ref()),
        Member::new("type", email.kind.as_ref()),
    ])
}

fn im(im: &ContactIm) -> Payload<'_> {
    Payload::record([
        Member::new("service", im.service.as_ref()),
        Member::new("user_id", im.user_id.as_ref()),
    ])
}

fn name(name: &ContactName) -> Payload<'_> {
    Payload::record([
        Member::new("formatted_name", &name.formatted_name),
        Member::new("first_name", name.first_name.as_ref()),
        Member::new("last_name", name.last_name.as_ref()),
        Member::new("middle_name", name.middle_name.as_ref()),
        Member::new("suffix", name.suffix.as_ref()),
        Member::new("prefix", name.prefix.as_ref()),
    ])
}

fn organisation(organisation: &ContactOrganisation) -> Payload<'_> {
    Payload::record([
        Member::new("company", organisation.company.as_ref()),
        Member::new("department", organisation.department.as_ref()),
        Member::new("title", organisation.title.as_ref()),
    ])
}

fn phone(phone: &ContactPhone) -> Payload<'_> {
    Payload::record([
        Member::new("phone", phone.phone.as_ref()),
        Member::new("wa_id", phone.wa_id.as_ref()),
        Member::new("type", phone.kind.as_ref()),
    ])
}

fn url(url: &ContactUrl) -> Payload<'_> {
    Payload::record([
        Member::new("url", url.url.as_ref()),
        Member::new("type", url.kind.as_ref()),
    ])
}
