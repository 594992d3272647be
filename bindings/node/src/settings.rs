//! Settings and options from a JSON object of texts: `{"api_key": "…", "timeout": "2.5"}`.

use std::collections::BTreeMap;

use wamux::{Error, Options, Settings, set_by_name};

use crate::errors::configuration;

pub(crate) fn read(json: &str) -> Result<(Settings, Options), Error> {
    let given: BTreeMap<String, String> = serde_json::from_str(json)
        .map_err(|_| configuration("the settings must be texts without lone surrogates"))?;
    let (mut settings, mut options) = (Settings::default(), Options::default());
    for (name, value) in &given {
        set_by_name(&mut settings, &mut options, name, value)?;
    }
    Ok((settings, options))
}
