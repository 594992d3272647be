//! Contact cards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::masked::masked_debug;

/// A contact card.
///
/// ```
/// use wamux_engine::message::{Contact, ContactName};
///
/// let contact = Contact {
///     name: ContactName {
///         formatted_name: "Ada Lovelace".into(),
///         first_name: Some("Ada".into()),
///         ..ContactName::default()
///     },
///     ..Contact::default()
/// };
/// assert!(contact.phones.is_empty());
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The name: `formatted_name` and at least one of its parts.
    pub name: ContactName,
    /// Postal addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub addresses: Vec<ContactAddress>,
    /// The birthday, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub birthday: Option<String>,
    /// Email addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub emails: Vec<ContactEmail>,
    /// Accounts at instant messengers; Tujenge only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ims: Vec<ContactIm>,
    /// The organisation that the contact works for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub org: Option<ContactOrganisation>,
    /// Phone numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub phones: Vec<ContactPhone>,
    /// Web addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub urls: Vec<ContactUrl>,
}

/// A struct of optional strings: most of a contact card is made of these.
macro_rules! strings {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$field_doc])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                #[cfg_attr(feature = "uniffi", uniffi(default))]
                pub $field: Option<String>,
            )*
        }
    };
}

/// A contact's name.
///
/// ```
/// use wamux_engine::message::ContactName;
///
/// let name: ContactName = serde_json::from_str(
///     r#"{"formatted_name": "Dr Ada Lovelace", "prefix": "Dr", "last_name": "Lovelace"}"#,
/// )?;
/// assert_eq!((name.prefix.as_deref(), name.suffix), (Some("Dr"), None));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[serde(deny_unknown_fields)]
pub struct ContactName {
    /// The full name, as it normally appears.
    pub formatted_name: String,
    /// The first name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub last_name: Option<String>,
    /// The middle name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub middle_name: Option<String>,
    /// What follows the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub suffix: Option<String>,
    /// What precedes the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub prefix: Option<String>,
}

strings! {
    /// A postal address.
    ///
    /// ```
    /// use wamux_engine::message::ContactAddress;
    ///
    /// let address = ContactAddress {
    ///     city: Some("London".into()),
    ///     country_code: Some("gb".into()),
    ///     kind: Some("HOME".into()),
    ///     ..ContactAddress::default()
    /// };
    /// assert_eq!(serde_json::to_value(&address).unwrap()["type"], "HOME");
    /// ```
    ContactAddress {
        /// Street and number.
        street,
        /// City.
        city,
        /// State.
        state,
        /// Postal code.
        zip,
        /// The country's name.
        country,
        /// The country's two-letter code.
        country_code,
        /// `HOME` or `WORK`.
        #[serde(rename = "type")]
        kind,
    }
}

strings! {
    /// An email address.
    ///
    /// ```
    /// use wamux_engine::message::ContactEmail;
    ///
    /// let email = ContactEmail {
    ///     email: Some("ada@example.com".into()),
    ///     kind: Some("WORK".into()),
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&email).unwrap(),
    ///     r#"{"email":"ada@example.com","type":"WORK"}"#,
    /// );
    /// ```
    ContactEmail {
        /// The address.
        email,
        /// `HOME` or `WORK`.
        #[serde(rename = "type")]
        kind,
    }
}

strings! {
    /// The organisation that a contact works for.
    ///
    /// ```
    /// use wamux_engine::message::ContactOrganisation;
    ///
    /// let org = ContactOrganisation {
    ///     company: Some("Analytical Engines".into()),
    ///     title: Some("Director".into()),
    ///     ..ContactOrganisation::default()
    /// };
    /// assert_eq!(org.department, None);
    /// ```
    ContactOrganisation {
        /// The organisation's name.
        company,
        /// The department.
        department,
        /// The contact's title.
        title,
    }
}

strings! {
    /// A phone number on a contact card.
    ///
    /// ```
    /// use wamux_engine::message::ContactPhone;
    ///
    /// // With the WhatsApp id the recipient can write to the contact at once.
    /// let phone = ContactPhone {
    ///     phone: Some("+7 903 456-78-90".into()),
    ///     wa_id: Some("79034567890".into()),
    ///     ..ContactPhone::default()
    /// };
    /// assert!(!format!("{phone:?}").contains("903"));
    /// ```
    ContactPhone {
        /// The number, as it is shown.
        phone,
        /// `CELL`, `MAIN`, `IPHONE`, `HOME` or `WORK`.
        #[serde(rename = "type")]
        kind,
        /// The number's WhatsApp id; with it, the recipient can save the contact and write to it.
        wa_id,
    }
}

strings! {
    /// An account at an instant messenger.
    ///
    /// ```
    /// use wamux_engine::message::ContactIm;
    ///
    /// let im = ContactIm { service: Some("AIM".into()), user_id: Some("ada".into()) };
    /// assert_eq!(im.service.as_deref(), Some("AIM"));
    /// ```
    ContactIm {
        /// The messenger.
        service,
        /// The account.
        user_id,
    }
}

strings! {
    /// A web address.
    ///
    /// ```
    /// use wamux_engine::message::ContactUrl;
    ///
    /// let json = r#"{"url": "https://example.com", "type": "WORK"}"#;
    /// let url: ContactUrl = serde_json::from_str(json)?;
    /// assert_eq!(url.kind.as_deref(), Some("WORK"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ContactUrl {
        /// The address.
        url,
        /// `HOME` or `WORK`.
        #[serde(rename = "type")]
        kind,
    }
}

masked_debug!(
    Contact,
    ContactName,
    ContactAddress,
    ContactEmail,
    ContactIm,
    ContactOrganisation,
    ContactPhone,
    ContactUrl
);
