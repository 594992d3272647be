//! The command `wamux`.

use std::io::{stderr, stdin, stdout};

fn main() -> std::process::ExitCode {
    let (input, output, errors) = (&mut stdin(), &mut stdout(), &mut stderr());
    wamux_cli::run(
        std::env::args_os().skip(1),
        &wamux_cli::Environment::of_process(),
        wamux_cli::Stdio {
            input,
            output,
            errors,
        },
    )
    .into()
}
