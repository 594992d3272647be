//! Calls without arguments.

/// A call without arguments: its documentation, its type and its name, the request, and how the answer is read.
macro_rules! bare_call {
    (
        $(#[$documentation:meta])*
        $type:ident = $name:literal, $method:ident $path:literal, $read:path, $output:ty
    ) => {
        $(#[$documentation])*
        #[derive(
            Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        #[serde(deny_unknown_fields)]
        pub struct $type {}

        impl $crate::call::Call for $type {
            const GATEWAY: &'static str = $crate::gateway::chat_api::PROFILE.id;
            const NAME: &'static str = $name;

            type Output = $output;

            fn request(
                &self,
                _region: Option<wamux_phone::Region>,
            ) -> $crate::call::CallRequest<'_> {
                $crate::call::CallRequest::$method($path)
            }

            fn decode(
                answer: &$crate::gateway::Answer<'_>,
            ) -> Option<Result<Self::Output, $crate::error::Error>> {
                $read(answer).map(Ok)
            }
        }
    };
}
pub(super) use bare_call;
