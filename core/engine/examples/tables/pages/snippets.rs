//! A group of calls in each language.

use std::collections::BTreeSet;
use std::io;

use serde_json::{Map, Value};

use super::examples::{Group, Step, call, reference};

/// What is known of a group's gateway.
pub(super) struct Context<'s> {
    pub(super) gateway: &'s str,
    /// The schema of all calls.
    pub(super) schema: &'s Value,
}

impl Context<'_> {
    fn call(&self, step: &Step) -> io::Result<&Value> {
        call(self.schema, self.gateway, &step.call)
    }

    /// Whether the answer of that name always has a member.
    fn always_answers(&self, group: &Group, name: &str, member: &str) -> io::Result<bool> {
        let step = group
            .steps
            .iter()
            .find(|step| step.name.as_deref() == Some(name));
        let step = step.ok_or_else(|| io::Error::other(format!("nothing is named {name}")))?;
        let required = self.output(self.call(step)?)["required"].as_array();
        Ok(required.is_some_and(|required| required.iter().any(|name| name == member)))
    }

    /// The JSON Schema of what a call answers.
    pub(super) fn output<'s>(&'s self, call: &'s Value) -> &'s Value {
        let output = &call["output"];
        match output["$ref"].as_str() {
            Some(reference) => {
                let pointer = reference.trim_start_matches('#');
                self.schema.pointer(pointer).unwrap_or(output)
            }
            None => output,
        }
    }
}

/// Python, with a client of the gateway in `client`.
pub(super) fn python(context: &Context<'_>, group: &Group) -> io::Result<String> {
    let client = format!("client.{}", context.gateway.replace('-', "_"));
    lines(group, |step| {
        let mut arguments: Vec<String> = Vec::new();
        let transfer = &context.call(step)?["transfer"];
        if transfer == "upload" {
            arguments.extend(step.file.iter().map(|file| format!("{file:?}")));
        }
        let named = step.arguments.iter();
        arguments.extend(named.map(|(name, value)| format!("{name}={}", python_value(value))));
        let mut line = format!("{client}.{}({})", step.call, arguments.join(", "));
        if let Some(file) = step.file.iter().find(|_| transfer == "download") {
            line = format!("{line}.save({file:?})");
        }
        Ok(match (&step.name, &step.show) {
            (Some(name), _) => format!("{name} = {line}"),
            (None, Some(member)) => format!("print({line}.{member})"),
            (None, None) => line,
        })
    })
}

fn python_value(value: &Value) -> String {
    match (value, reference(value)) {
        (_, Some((name, Some(member)))) => format!("{name}.{member}"),
        (_, Some((name, None))) => name.to_owned(),
        (Value::Null, _) => "None".to_owned(),
        (Value::Bool(true), _) => "True".to_owned(),
        (Value::Bool(false), _) => "False".to_owned(),
        (Value::Array(items), _) => {
            let items: Vec<String> = items.iter().map(python_value).collect();
            format!("[{}]", items.join(", "))
        }
        (Value::Object(members), _) => {
            let members = members.iter();
            let members: Vec<String> = members
                .map(|(name, value)| format!("{name:?}: {}", python_value(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        (value, _) => value.to_string(),
    }
}

/// TypeScript, with a client of the gateway in `client`.
pub(super) fn node(context: &Context<'_>, group: &Group) -> io::Result<String> {
    let client = format!("client.{}", camel(&context.gateway.replace('-', "_")));
    lines(group, |step| {
        let mut arguments = Vec::new();
        let transfer = &context.call(step)?["transfer"];
        if !step.arguments.is_empty() {
            let given = Value::Object(step.arguments.clone());
            arguments.push(node_value(context, group, &given)?);
        }
        if transfer == "upload" {
            arguments.extend(step.file.iter().map(|file| format!("'{file}'")));
        }
        let mut line = format!(
            "await {client}.{}({})",
            camel(&step.call),
            arguments.join(", ")
        );
        if let Some(file) = step.file.iter().find(|_| transfer == "download") {
            line = format!("await ({line}).save('{file}')");
        }
        Ok(match (&step.name, &step.show) {
            (Some(name), _) => format!("const {} = {line};", camel(name)),
            (None, Some(member)) => format!("console.log(({line}).{member});"),
            (None, None) => format!("{line};"),
        })
    })
}

fn node_value(context: &Context<'_>, group: &Group, value: &Value) -> io::Result<String> {
    let key = |name: &str| {
        let bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if name.chars().all(bare) {
            name.to_owned()
        } else {
            format!("{name:?}")
        }
    };
    Ok(match (value, reference(value)) {
        (_, Some((name, Some(member)))) => {
            let known = context.always_answers(group, name, member)?;
            let otherwise = if known { "" } else { " ?? ''" };
            format!("{}.{member}{otherwise}", camel(name))
        }
        (_, Some((name, None))) => camel(name),
        (Value::Array(items), _) => {
            let items = items.iter().map(|item| node_value(context, group, item));
            format!("[{}]", items.collect::<io::Result<Vec<_>>>()?.join(", "))
        }
        (Value::Object(members), _) => {
            let members = members.iter().map(|(name, value)| {
                Ok(format!(
                    "{}: {}",
                    key(name),
                    node_value(context, group, value)?
                ))
            });
            format!(
                "{{ {} }}",
                members.collect::<io::Result<Vec<_>>>()?.join(", ")
            )
        }
        (Value::String(text), _) if !text.contains(['\'', '\\']) => format!("'{text}'"),
        (value, _) => value.to_string(),
    })
}

/// The command line, with the settings in variables.
pub(super) fn shell(context: &Context<'_>, group: &Group) -> io::Result<String> {
    let referred = group.steps.iter().flat_map(|step| step.arguments.values());
    let referred = referred.filter_map(reference);
    let referred: BTreeSet<(&str, Option<&str>)> = referred.collect();
    lines(group, |step| {
        let transfer = &context.call(step)?["transfer"];
        let mut line = format!("wamux call --gateway {} {}", context.gateway, step.call);
        for (name, value) in &step.arguments {
            // The file's name tells it.
            if transfer == "upload" && name == "mime_type" {
                continue;
            }
            for word in shell_words(name, value) {
                line = format!("{line} {word}");
            }
        }
        let flag = if transfer == "upload" {
            "--file"
        } else {
            "--output"
        };
        if let Some(file) = &step.file {
            line = format!("{line} {flag} {file}");
        }
        let member = referred
            .iter()
            .find(|(name, _)| step.name.as_deref() == Some(*name));
        Ok(match member {
            Some((name, Some(member))) => {
                let variable = variable(name, Some(member));
                format!("{variable}=$({line} | jq -r .output.{member})")
            }
            _ => line,
        })
    })
}

fn shell_words(name: &str, value: &Value) -> Vec<String> {
    if let Some((referred, member)) = reference(value) {
        return vec![format!("{name}=\"${}\"", variable(referred, member))];
    }
    match value {
        Value::Array(items) => items
            .iter()
            .flat_map(|item| shell_words(name, item))
            .collect(),
        Value::Object(_) => vec![format!("{name}:='{value}'")],
        Value::String(text) => {
            let plain =
                |letter: char| letter.is_ascii_alphanumeric() || "@.:/-_+=,".contains(letter);
            if text.chars().all(plain) {
                vec![format!("{name}={text}")]
            } else {
                vec![format!("{name}='{text}'")]
            }
        }
        _ => vec![format!("{name}={value}")],
    }
}

fn variable(name: &str, member: Option<&str>) -> String {
    let member = member
        .map(|member| format!("_{member}"))
        .unwrap_or_default();
    format!("{name}{member}").to_uppercase()
}

/// Rust, with a client of the gateway in `client`; what it imports stands before it.
pub(super) fn rust(context: &Context<'_>, group: &Group) -> io::Result<String> {
    let body = lines(group, |step| {
        let call = context.call(step)?;
        let transfer = &call["transfer"];
        let mut fields = Vec::new();
        let properties = call["arguments"]["properties"].as_object();
        let mut left_out = false;
        for (name, schema) in properties.into_iter().flatten() {
            let code = match (step.rust.get(name), step.arguments.get(name)) {
                (Some(code), _) => code.as_str().unwrap_or_default().to_owned(),
                (None, Some(value)) => rust_value(context, group, value)?,
                // Where nothing is needed, nothing need be said.
                (None, None) if call["arguments"]["required"].is_null() => {
                    left_out = true;
                    continue;
                }
                (None, None) => {
                    fields.push(format!("{name}: None"));
                    continue;
                }
            };
            fields.push(format!("{name}: {}", optional(code, schema)));
        }
        let uploaded = step.file.iter().filter(|_| transfer == "upload");
        fields.extend(uploaded.map(|file| format!("source: file_source({file:?})?")));
        let name = pascal(&step.call);
        let call = if left_out && fields.is_empty() {
            format!("&{name}::default()")
        } else if left_out {
            format!("&{name} {{ {}, ..{name}::default() }}", fields.join(", "))
        } else if fields.is_empty() {
            format!("&{name} {{}}")
        } else {
            format!("&{name} {{ {} }}", fields.join(", "))
        };
        let mut line = if transfer == "download" {
            format!("client.download({call}).await?")
        } else {
            format!("client.run({call}).await?")
        };
        if let Some(file) = step.file.iter().find(|_| transfer == "download") {
            line = format!("{line}.save({file:?}).await?");
        }
        Ok(match (&step.name, &step.show) {
            (Some(name), _) => format!("let {name} = {line};"),
            (None, Some(member)) => format!("println!(\"{{:?}}\", {line}.{member});"),
            (None, None) => format!("{line};"),
        })
    })?;
    Ok(format!("{}\n{body}", imports(context, group)))
}

fn imports(context: &Context<'_>, group: &Group) -> String {
    let mut types: BTreeSet<String> = group.steps.iter().map(|step| pascal(&step.call)).collect();
    for code in group.steps.iter().flat_map(|step| step.rust.values()) {
        let code = code.as_str().unwrap_or_default();
        types.extend(code.split_once("::").map(|(name, _)| name.to_owned()));
    }
    let types: Vec<String> = types.into_iter().collect();
    let types = match &types[..] {
        [one] => one.clone(),
        all => format!("{{{}}}", all.join(", ")),
    };
    let gateway = context.gateway.replace('-', "_");
    let uploads = group
        .steps
        .iter()
        .any(|step| step.file.is_some() && step.arguments.contains_key("mime_type"));
    let file_source = if uploads {
        "use wamux::file_source;\n"
    } else {
        ""
    };
    format!("{file_source}use wamux::gateway::typed::{gateway}::{types};\n")
}

fn is_optional(schema: &Value) -> bool {
    let is_null = |word: &Value| word == "null" || word["type"] == "null";
    let choices = [&schema["type"], &schema["anyOf"]];
    choices
        .into_iter()
        .filter_map(Value::as_array)
        .flatten()
        .any(is_null)
}

fn optional(code: String, schema: &Value) -> String {
    if is_optional(schema) {
        format!("Some({code})")
    } else {
        code
    }
}

fn rust_value(context: &Context<'_>, group: &Group, value: &Value) -> io::Result<String> {
    if let Some((name, member)) = reference(value) {
        let Some(member) = member else {
            return Ok(format!("{name}.into()"));
        };
        let known = context.always_answers(group, name, member)?;
        let unwrap = if known { "" } else { ".unwrap_or_default()" };
        return Ok(format!("{name}.{member}.clone(){unwrap}"));
    }
    Ok(match value {
        Value::String(_) => format!("{value}.into()"),
        Value::Array(items) => {
            let items: io::Result<Vec<String>> = items
                .iter()
                .map(|item| rust_value(context, group, item))
                .collect();
            format!("vec![{}]", items?.join(", "))
        }
        Value::Object(members) => format!("[{}].into()", rust_members(members)),
        _ => value.to_string(),
    })
}

fn rust_members(members: &Map<String, Value>) -> String {
    let members = members.iter();
    let members: Vec<String> = members
        .map(|(name, value)| format!("({name:?}.into(), {value}.into())"))
        .collect();
    members.join(", ")
}

/// `mark_as_read` → `MarkAsRead`.
fn pascal(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_uppercase() + rest
        })
        .collect()
}

/// `mark_as_read` → `markAsRead`.
fn camel(name: &str) -> String {
    let pascal = pascal(name);
    let (first, rest) = pascal.split_at(pascal.len().min(1));
    first.to_lowercase() + rest
}

/// One line a step.
fn lines(group: &Group, line: impl Fn(&Step) -> io::Result<String>) -> io::Result<String> {
    let lines: io::Result<Vec<String>> = group.steps.iter().map(line).collect();
    Ok(lines?.join("\n"))
}
