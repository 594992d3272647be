//! Settings and options from variables.

use std::ffi::OsString;

use wamux_engine::{Error, Settings};

use crate::options::{Options, configuration, set_by_name};

/// The settings and options that the variables `WAMUX_*` of the process say, as
/// [`Client::from_environment`](crate::Client::from_environment) reads them.
///
/// # Errors
///
/// A `configuration` error for a variable that is wrong.
///
/// ```
/// let (_settings, options) = wamux::settings_from_environment()?;
/// assert!(!options.timeout.is_zero());
/// # Ok::<(), wamux::Error>(())
/// ```
pub fn settings_from_environment() -> Result<(Settings, Options), Error> {
    read(|name| std::env::var_os(name))
}

/// Reads every setting and option from `WAMUX_` and its name in capitals.
fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<(Settings, Options), Error> {
    let text = |name: &str| {
        let name = format!("WAMUX_{}", name.to_uppercase());
        let value = variable(&name).filter(|value| !value.is_empty());
        let value = value.map(OsString::into_string).transpose();
        value.map_err(|_| configuration(format!("the variable {name} must be UTF-8 text")))
    };
    let (mut settings, mut options) = (Settings::default(), Options::default());
    for name in Settings::NAMES.into_iter().chain(Options::NAMES) {
        if let Some(value) = text(name)? {
            set_by_name(&mut settings, &mut options, name, &value)?;
        }
    }
    Ok((settings, options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_and_empty_means_absent() {
        let (settings, options) = read(|name| match name {
            "WAMUX_TIMEOUT" => Some("7".into()),
            "WAMUX_INSTANCE_IN_QUERY"
            | "WAMUX_DEDUPLICATES"
            | "WAMUX_ALLOW_INSECURE"
            | "WAMUX_RETRY_UNKNOWN" => Some("true".into()),
            "WAMUX_REGION" => Some("kz".into()),
            "WAMUX_MINIMUM_TLS_VERSION" => Some("1.3".into()),
            "WAMUX_BATCH_SIZE" | "WAMUX_RETRIES" | "WAMUX_RATE" | "WAMUX_BURST"
            | "WAMUX_CONCURRENCY" => Some("50".into()),
            "WAMUX_NO_PROXY" => Some("".into()),
            name => Some(name.strip_prefix("WAMUX_").unwrap().into()),
        })
        .unwrap();
        assert_eq!(settings.base_url.as_deref(), Some("BASE_URL"));
        assert_eq!(settings.api_key, Some("API_KEY".into()));
        assert_eq!(
            settings.template_namespace.as_deref(),
            Some("TEMPLATE_NAMESPACE")
        );
        assert!(settings.deduplicates && settings.allow_insecure && settings.region.is_some());
        assert_eq!(settings.batch_size.unwrap().get(), 50);
        assert!(settings.instance_in_query);
        assert_eq!(options.timeout.as_secs(), 7);
        assert_eq!(options.proxy.unwrap().as_str(), "PROXY");
        assert_eq!(options.no_proxy, None);
        assert_eq!((options.retries, options.retry_unknown), (50, true));
    }

    #[test]
    fn a_wrong_variable_is_named() {
        let error = read(|name| (name == "WAMUX_TIMEOUT").then(|| "soon".into())).unwrap_err();
        assert!(error.to_string().contains("timeout"), "{error}");
    }
}
