//! The numbering plans as text: one line of Rust for each region and each country code.

use std::error::Error;
use std::fmt::Write as _;

use regex::RegexBuilder;

use crate::automata::{Machine, Pattern, Table};
use crate::source::{self, Metadata};
use crate::validity::{Assigned, Valid};

const HEAD: &str = "\
//! The numbering plans of libphonenumber 9.0.42 (Apache-2.0). Made by `make generate`; changes by hand are lost.

use super::automaton::Automaton;
use super::plan::{Country, Lengths, Plan, Rewriting};
";

/// What is written, and the table of automata to which it refers.
pub(crate) struct Generated {
    pub(crate) plans: String,
    pub(crate) automata: Vec<u8>,
}

pub(crate) fn generate() -> Result<Generated, Box<dyn Error>> {
    let mut table = Table::new();
    let mut text = HEAD.to_owned();

    let codes = source::country_codes()?;
    let machine = Codes(&codes);
    let beginning = table.add(&machine, &String::new())?;
    writeln!(
        text,
        "\n/// The country codes; a label is the place of a country among them, counted from one.\n\
         pub(super) const CODES: Automaton = Automaton({beginning});"
    )?;

    let regions = source::regions()?;
    let world = source::world()?;
    for (head, plans) in [
        (
            "/// Ordered by region.\n#[rustfmt::skip]\npub(super) static REGIONS",
            &regions,
        ),
        (
            "/// Of country codes that belong to no region, ordered by them.\n#[rustfmt::skip]\nstatic WORLD",
            &world,
        ),
    ] {
        writeln!(text, "\n{head}: [Plan; {}] = [", plans.len())?;
        for metadata in plans {
            writeln!(text, "    {},", plan(metadata, &codes, &mut table)?)?;
        }
        writeln!(text, "];")?;
    }

    writeln!(
        text,
        "\n/// Ordered by code.\n#[rustfmt::skip]\npub(super) static COUNTRIES: [Country; {}] = [",
        codes.len()
    )?;
    for code in &codes {
        let shared = source::sharing(*code)?;
        let main = shared.first().ok_or("a country code without a plan")?;
        let plan = regions
            .iter()
            .position(|region| region.region == main.region)
            .map(|place| format!("&REGIONS[{place}]"))
            .or_else(|| {
                let place = world.iter().position(|plan| plan.country_code == *code)?;
                Some(format!("&WORLD[{place}]"))
            })
            .ok_or("a country code without a plan")?;
        if shared.len() > 1 && shared.iter().any(|metadata| metadata.region.is_empty()) {
            return Err("a country code both of regions and of the whole world".into());
        }
        let places: Vec<String> = shared
            .iter()
            .filter_map(|metadata| {
                regions
                    .iter()
                    .position(|region| region.region == metadata.region)
            })
            .map(|place| format!("&REGIONS[{place}]"))
            .collect();
        let places = places.join(", ");
        let assigned = assigned(&shared, &mut table)?;
        writeln!(
            text,
            "    Country {{ code: \"{code}\", plan: {plan}, regions: &[{places}], assigned: Automaton({assigned}) }},"
        )?;
    }

    let zeros = source::zeros();
    writeln!(
        text,
        "];\n\n/// The zeros of Unicode's scripts beyond ASCII; the other digits follow each in their order.\n#[rustfmt::skip]\n\
         pub(super) static ZEROS: [char; {}] = [",
        zeros.len()
    )?;
    for zeros in zeros.chunks(12) {
        let escaped: Vec<String> = zeros
            .iter()
            .map(|zero| format!("'{}'", zero.escape_unicode()))
            .collect();
        writeln!(text, "    {},", escaped.join(", "))?;
    }
    writeln!(text, "];")?;
    Ok(Generated {
        plans: text,
        automata: table.bytes(),
    })
}

fn plan(metadata: &Metadata, codes: &[u16], table: &mut Table) -> Result<String, Box<dyn Error>> {
    let exit_code = prefix(&metadata.exit_code, table)?;
    let national_prefix = prefix(&metadata.national_prefix, table)?;
    let general = Pattern::whole(&metadata.general.pattern)?;
    let general = table.add(&general, &general.beginning()?)?;
    let rewriting = rewriting(metadata)?;
    Ok(format!(
        "Plan {{ region: \"{}\", country: &COUNTRIES[{}], trunk_prefix: \"{}\", lengths: Lengths::of(&{:?}, &{:?}), \
         exit_code: Automaton({exit_code}), national_prefix: Automaton({national_prefix}), rewriting: {rewriting}, \
         general: Automaton({general}) }}",
        metadata.region,
        codes
            .binary_search(&metadata.country_code)
            .map_err(|_| "a plan without a country code")?,
        metadata.trunk_prefix,
        metadata.general.lengths,
        metadata.general.local_lengths,
    ))
}

fn prefix(pattern: &str, table: &mut Table) -> Result<u16, Box<dyn Error>> {
    if pattern.is_empty() {
        return Ok(0);
    }
    let prefix = Pattern::prefix(pattern)?;
    table.add(&prefix, &prefix.beginning()?)
}

/// How a national prefix is rewritten: digits, and the last group of its pattern behind them.
fn rewriting(metadata: &Metadata) -> Result<String, Box<dyn Error>> {
    let (pattern, rule) = (&metadata.national_prefix, &metadata.rewriting);
    if rule.is_empty() {
        return Ok("None".to_owned());
    }
    let regex = RegexBuilder::new(pattern).unicode(false).build()?;
    let last_group = format!("${}", regex.captures_len() - 1);
    let digits = rule
        .strip_suffix(&last_group)
        .filter(|digits| last_group != "$0" && digits.bytes().all(|digit| digit.is_ascii_digit()))
        .ok_or("a national prefix is rewritten as none was before")?;
    Ok(format!(
        "Some(Rewriting::new(r\"{pattern}\", \"{digits}\"))"
    ))
}

/// The automaton that tells which region a number of a shared country code belongs to, and whether it is valid there.
fn assigned(shared: &[Metadata], table: &mut Table) -> Result<u16, Box<dyn Error>> {
    let mut valid = Vec::new();
    for metadata in shared {
        let machine = Valid::new(metadata)?;
        valid.push(table.add(&machine, &machine.beginning()?)?);
    }
    let machine = Assigned::new(shared, table)?;
    table.add(&machine, &machine.beginning(&valid)?)
}

/// All country codes. A state is what has been read of one.
struct Codes<'a>(&'a [u16]);

impl Machine for Codes<'_> {
    type State = String;

    fn next(&self, state: &String, digit: u8, _: usize) -> Option<String> {
        let next = format!("{state}{}", char::from(digit));
        let begins = |code: &u16| code.to_string().starts_with(&next);
        self.0.iter().any(begins).then_some(next)
    }

    fn label(&self, state: &String, _: usize) -> u16 {
        let place = self
            .0
            .iter()
            .zip(1..)
            .find(|(code, _)| code.to_string() == *state);
        place.map_or(0, |(_, place)| place)
    }
}
