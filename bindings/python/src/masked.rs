//! `repr` without content: it shows choices and sizes, never a text or a full number.

use std::fmt::Write as _;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyList, PyString, PyTuple};
use wamux::{phone, shown_id, shown_path, shown_word};

use crate::record::{Record, Shown};
use crate::value::DEPTH;

/// No `repr` goes much further: that of a dict that holds itself twice would have no end.
const LONGEST: usize = 100_000;

/// The `repr` of a record.
pub(crate) fn record(py: Python<'_>, record: &Record, depth: u8) -> PyResult<String> {
    let mut text = String::from(record.shape.name);
    text.push('(');
    let mut separator = "";
    let mut constant = record.shape.constant;
    for (position, (field, value)) in record.members().enumerate() {
        // The constant stands behind the recipient, as in the documentation.
        if position == 1 {
            write_constant(&mut text, &mut separator, constant.take());
        }
        text.push_str(separator);
        separator = ", ";
        text.push_str(field.name);
        text.push('=');
        write(&mut text, value.bind(py), field.shown, depth)?;
    }
    write_constant(&mut text, &mut separator, constant);
    text.push(')');
    Ok(text)
}

fn write_constant(
    text: &mut String,
    separator: &mut &str,
    constant: Option<(&'static str, &'static str)>,
) {
    if let Some((name, value)) = constant {
        text.push_str(separator);
        *separator = ", ";
        // Writing to a string does not fail.
        let _ = write!(text, "{name}='{value}'");
    }
}

fn write(text: &mut String, value: &Bound<'_, PyAny>, shown: Shown, depth: u8) -> PyResult<()> {
    let py = value.py();
    if depth > DEPTH || text.len() > LONGEST {
        text.push_str("...");
        return Ok(());
    }
    let depth = depth + 1;
    if let Ok(nested) = value.cast::<Record>() {
        text.push_str(&record(py, nested.get(), depth)?);
    } else if let Ok(string) = value.cast::<PyString>() {
        write_string(text, string, shown)?;
    } else if let Ok(items) = value.cast::<PyTuple>() {
        write_items(text, items.iter(), shown, depth)?;
    } else if let Ok(items) = value.cast::<PyList>() {
        write_items(text, items.iter(), shown, depth)?;
    } else if let Ok(members) = value.cast::<PyDict>() {
        text.push('{');
        let inner = match shown {
            Shown::All => Shown::Plain,
            _ => Shown::Length,
        };
        for (position, (name, value)) in members.iter().enumerate() {
            text.push_str(if position > 0 { ", " } else { "" });
            write(text, &name, inner, depth)?;
            text.push_str(": ");
            write(text, &value, inner, depth)?;
        }
        text.push('}');
    } else if let Ok(bytes) = value.cast::<PyBytes>() {
        let _ = write!(text, "bytes({})", bytes.as_bytes().len());
    } else if matches!(shown, Shown::Plain) || value.is_none() || value.is_instance_of::<PyBool>() {
        text.push_str(value.repr()?.to_str()?);
    } else {
        text.push_str(value.get_type().name()?.to_str()?);
    }
    Ok(())
}

fn write_items<'py>(
    text: &mut String,
    items: impl Iterator<Item = Bound<'py, PyAny>>,
    shown: Shown,
    depth: u8,
) -> PyResult<()> {
    text.push('[');
    for (position, item) in items.enumerate() {
        text.push_str(if position > 0 { ", " } else { "" });
        write(text, &item, shown, depth)?;
    }
    text.push(']');
    Ok(())
}

fn write_string(text: &mut String, string: &Bound<'_, PyString>, shown: Shown) -> PyResult<()> {
    let of = string.to_string_lossy();
    let word = match shown {
        Shown::Plain | Shown::All => string.repr()?.to_cow()?.into_owned(),
        Shown::Number => format!("'{}'", phone::mask(&of)),
        Shown::Id => quoted(&of, shown_id(&of)),
        Shown::Word => quoted(&of, shown_word(&of)),
        Shown::Path => quoted(&of, shown_path(&of)),
        Shown::Length => format!("string({})", string.len()?),
    };
    text.push_str(&word);
    Ok(())
}

/// A word in quotes where it is shown as it is.
fn quoted(word: &str, shown: String) -> String {
    if word == shown {
        format!("'{shown}'")
    } else {
        shown
    }
}
