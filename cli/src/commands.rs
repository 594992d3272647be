//! One module a command.

pub(crate) mod build;
pub(crate) mod call;
pub(crate) mod capabilities;
pub(crate) mod codes;
pub(crate) mod decode;
pub(crate) mod demo;
pub(crate) mod events;
pub(crate) mod listen;
pub(crate) mod media;
pub(crate) mod phone;
pub(crate) mod qr;
pub(crate) mod sandbox;
pub(crate) mod send;
pub(crate) mod validate;

mod interrupt;
mod transfer;

use wamux::gateway::{self, Gateway, Profile};
use wamux::{CallProfile, Client, Settings};

use crate::environment::Environment;
use crate::settings::SettingsArguments;
use crate::status::Stop;

/// Opens a gateway; what is wrong with its settings is wrong usage.
fn open(profile: &'static Profile, settings: &Settings) -> Result<Box<dyn Gateway>, Stop> {
    gateway::open(profile.id, settings).map_err(|error| Stop::of_setting(&error))
}

/// A client of a gateway, with the settings of flags and variables.
fn client(
    profile: &'static Profile,
    settings: &SettingsArguments,
    environment: &Environment,
) -> Result<Client, Stop> {
    let (settings, options) = settings.read(environment)?;
    let gateway = open(profile, &settings)?;
    Client::new(gateway, &options).map_err(|error| Stop::of_setting(&error))
}

/// Opens a gateway that is only read from, which takes no credentials.
fn open_for_reading(profile: &'static Profile) -> Result<&'static dyn Gateway, Stop> {
    gateway::reader(profile.id).map_err(|error| Stop::of_setting(&error))
}

/// A call beyond sending; an unknown name is wrong usage.
fn find_call(profile: &Profile, name: &str) -> Result<&'static CallProfile, Stop> {
    profile
        .find_call(name)
        .map_err(|error| Stop::of_setting(&error))
}

/// A runtime for the commands that use the network.
fn runtime() -> Result<tokio::runtime::Runtime, Stop> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    Ok(runtime?)
}
