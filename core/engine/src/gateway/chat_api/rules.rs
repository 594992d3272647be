//! The rules of bodies: each call's schema, compiled once.

/// The rules of a call's body, by the call's name on the wire, in the schema of that name or of another one.
macro_rules! call_rules {
    ($name:literal) => {
        $crate::gateway::chat_api::rules::call_rules!($name, $name)
    };
    ($name:literal, $schema:literal) => {{
        static RULES: std::sync::LazyLock<$crate::validate::Rules> =
            std::sync::LazyLock::new(|| {
                $crate::validate::Rules::new(include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/schemas/chat-api/",
                    $schema,
                    ".json"
                )))
            });
        $crate::validate::CallRules {
            name: $name,
            body: &RULES,
        }
    }};
}
pub(super) use call_rules;
