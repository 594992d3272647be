"""Compares `wamux phone` with libphonenumber's Python port, on numbers of every region in every form.

    cargo build -p wamux-cli
    python3 -m venv .venv/phone
    .venv/phone/bin/pip install -r tests/phone/requirements.txt
    .venv/phone/bin/python -m pytest tests/phone/judge.py

`WAMUX_BINARY` names another binary than `target/debug/wamux`.

What is expected of a string is what `phonenumbers` reads from that same string in that region. Where the policy of
wamux decides otherwise, `expectation` below says so from the policy's own sentences, and such cases are counted by
their rule.
"""

import json
import os
import random
import re
import subprocess
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import phonenumbers
import pytest
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

BINARY = os.environ.get(
    "WAMUX_BINARY", str(Path(__file__).resolve().parents[2] / "target" / "debug" / "wamux")
)
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
SEED = 90042
VALID_PER_REGION = 8
POSSIBLE_PER_REGION = 8
SPECIAL_CASES = 300
# What is dialled before an international number, somewhere in the world.
EXIT_CODES = ["00", "011", "810", "010", "000", "001", "0011", "119", "009", "0014", "005", "0018", "0013"]
FULL_WIDTH = str.maketrans("0123456789+", "０１２３４５６７８９＋")
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
GROUPINGS = [("(", ") ", "-"), ("", "-", "-"), ("", ".", "."), ("", "/", " "), ("[", "] ", "\u00a0"), ("", "\u2011", "\u2013")]
# The rules that refuse, and the code with which they do.
ERROR_CODES = {"+8 and ten digits": "plus_eight", "00 needs a region": "region_needed"}
# Every other refusal of a number that has digits only.
LENGTH_CODES = {"too_short", "too_long", "several_numbers", "country_code"}


class Reading(NamedTuple):
    e164: str
    possible: bool
    valid: bool
    region: str | None


class Expected(NamedTuple):
    reading: Reading | None
    rule: str | None


def library(text, region):
    """What libphonenumber reads, or None where it reads nothing."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    home = phonenumbers.region_code_for_number(number)
    return Reading(
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        phonenumbers.is_possible_number(number),
        phonenumbers.is_valid_number(number),
        home if home in phonenumbers.SUPPORTED_REGIONS else None,
    )


def accepted(reading):
    """Possible is enough, and so is Mexico's 521 with ten digits."""
    return reading is not None and (reading.possible or is_retired_mexican(reading))


def is_retired_mexican(reading):
    return re.fullmatch(r"\+521\d{10}", reading.e164) is not None


def digits_of(text):
    return "".join(str(unicodedata.digit(character)) for character in text if character.isdecimal())


def expectation(text, region):
    own = library(text, region)
    digits = digits_of(text)
    international = library("+" + digits, None)
    if "+" in unicodedata.normalize("NFKC", text):
        chosen, rule = own, "plus"
        if not accepted(own) and re.fullmatch(r"8\d{10}", digits):
            rule = "+8 and ten digits"
    elif region is None:
        if digits.startswith("00"):
            chosen, rule = None, "00 needs a region"
        else:
            chosen, rule = international, "(a) no region"
    elif region in ("RU", "KZ") and digits.startswith("00"):
        chosen, rule = library("+" + digits[2:], None), "00 in RU and KZ"
    elif not accepted(own):
        chosen, rule = international, "(b) the national reading is not possible"
    elif is_own_international(digits, region, international):
        chosen, rule = international, "(c) the region's own country code, no trunk prefix, valid"
    else:
        chosen, rule = own, None
    if not accepted(chosen):
        chosen = None
    elif is_retired_mexican(chosen):
        # A number of ten digits behind a 1 is such an id only where the text has the country code.
        if not digits.endswith("521" + chosen.e164[4:]):
            chosen = international if accepted(international) else None
            rule = "(b) the national reading is not possible"
        else:
            rule = "Mexico's 521"
    same = (own if own is not None and own.possible else None) == chosen
    return Expected(chosen, rule if not same or rule in ERROR_CODES else None)


def is_own_international(digits, region, international):
    metadata = PhoneMetadata.metadata_for_region(region)
    trunk = metadata.national_prefix
    return (
        bool(trunk)
        and not digits.startswith(trunk)
        and digits.startswith(str(metadata.country_code))
        and international is not None
        and international.valid
    )


def examples(region):
    for number_type in PhoneNumberType.values():
        number = phonenumbers.example_number_for_type(region, number_type)
        if number is not None:
            yield number
    invalid = phonenumbers.invalid_example_number(region)
    if invalid is not None:
        yield invalid


def random_numbers(region, dice):
    """Valid numbers near the examples, and random digits of the lengths that the plan knows."""
    code = phonenumbers.country_code_for_region(region)
    known = [phonenumbers.national_significant_number(number) for number in examples(region)]
    valid = set()
    for _ in range(40 * VALID_PER_REGION):
        if len(valid) == VALID_PER_REGION:
            break
        base = dice.choice(known)
        kept = dice.randrange(1, len(base))
        national = base[:kept] + "".join(dice.choices("0123456789", k=len(base) - kept))
        if phonenumbers.is_valid_number(number_of(code, national)):
            valid.add(national)
    general = PhoneMetadata.metadata_for_region(region).general_desc
    lengths = [length for length in (*general.possible_length, *general.possible_length_local_only) if length > 1]
    possible = {
        "".join(dice.choices("0123456789", k=dice.choice(lengths))) for _ in range(POSSIBLE_PER_REGION)
    }
    for national in sorted(valid) + sorted(possible):
        yield number_of(code, national)


def number_of(code, national):
    zeros = len(national) - len(national.lstrip("0"))
    zeros = min(zeros, len(national) - 1)
    return phonenumbers.PhoneNumber(
        country_code=code,
        national_number=int(national),
        italian_leading_zero=True if zeros else None,
        number_of_leading_zeros=zeros if zeros > 1 else None,
    )


def exit_code(region, dice):
    pattern = PhoneMetadata.metadata_for_region(region).international_prefix or "NA"
    fitting = [code for code in EXIT_CODES if re.fullmatch(pattern, code)]
    return dice.choice(fitting) if fitting else None


def grouped(digits, dice):
    opening, first, other = dice.choice(GROUPINGS)
    parts = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    return opening + parts[0] + first + other.join(parts[1:]) if len(parts) > 1 else digits


def forms(number, region, dice):
    """(text, region) pairs: every way in which people write the number."""
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    digits = e164[1:]
    national = phonenumbers.national_significant_number(number)
    international_format = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    elsewhere = dice.choice(REGIONS)
    for place in (None, region, elsewhere):
        yield e164, place
        yield digits, place
        yield international_format, place
    for place in (None, region, elsewhere, "RU", "KZ"):
        yield "00" + digits, place
    yield "+" + grouped(digits, dice), None
    yield grouped(digits, dice), dice.choice((None, region, "RU"))
    yield e164.translate(FULL_WIDTH), region
    yield e164.translate(ARABIC_INDIC), None
    yield "+8" + digits[1:], dice.choice((None, "RU", region))
    if region is None:
        return
    code = exit_code(region, dice)
    if code is not None:
        yield code + digits, region
        yield code + " " + grouped(digits, dice), region
    national_format = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    yield national_format, region
    yield national_format.translate(FULL_WIDTH), region
    yield national_format.translate(ARABIC_INDIC), region
    yield national, region
    yield grouped(national, dice), region
    trunk = PhoneMetadata.metadata_for_region(region).national_prefix or ""
    yield trunk + national, region
    yield grouped(trunk + national, dice), region
    yield f"+{number.country_code} ({trunk}){national}", dice.choice((None, region))


def special_cases(dice):
    """What the numbering plans have no numbers for, and people write nevertheless."""
    for _ in range(SPECIAL_CASES):
        ten = "".join(dice.choices("0123456789", k=10))
        place = dice.choice((None, "RU", "KZ", "DE", "MX", "US"))
        yield "+8" + ten, place
        yield "+8 " + grouped(ten, dice), place
        for mexican in (f"+521{ten}", f"521{ten}", f"+52 1 {grouped(ten, dice)}", f"00521{ten}", f"011521{ten}", f"1{ten}"):
            yield mexican, place


def cases():
    """Every case once, by region."""
    by_region = defaultdict(dict)
    dice = random.Random(SEED)
    for region in REGIONS:
        for number in [*examples(region), *random_numbers(region, dice)]:
            for text, place in forms(number, region, dice):
                by_region[place][text] = None
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        number = phonenumbers.example_number_for_non_geo_entity(code)
        for text, place in forms(number, None, dice):
            by_region[place][text] = None
    for text, place in special_cases(dice):
        by_region[place][text] = None
    return {place: list(texts) for place, texts in by_region.items()}


def wamux(texts, region):
    command = [BINARY, "phone", *(["--region", region] if region else [])]
    ran = subprocess.run(
        command, input="".join(text + "\n" for text in texts), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode in (0, 1), ran.stderr
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [answer["input"] for answer in answers] == texts
    return answers


def test_wamux_agrees_with_libphonenumber(capsys):
    counts, rules, disagreements = Counter(), Counter(), []
    for region, texts in cases().items():
        for text, answer in zip(texts, wamux(texts, region), strict=True):
            expected = expectation(text, region)
            counts["compared"] += 1
            if expected.rule:
                rules[expected.rule] += 1
            if expected.reading is None:
                counts["refused by both"] += 1
                codes = {ERROR_CODES[expected.rule]} if expected.rule in ERROR_CODES else LENGTH_CODES
                agrees = answer.get("error", {}).get("code") in codes
            else:
                counts["valid" if expected.reading.valid else "possible"] += 1
                agrees = (answer.get("e164"), answer.get("valid"), answer.get("region")) == (
                    expected.reading.e164,
                    expected.reading.valid,
                    expected.reading.region,
                )
            if not agrees:
                disagreements.append(f"{text!r} in {region}: expected {expected}, got {answer}")
    with capsys.disabled():
        print(f"\n{dict(counts)}; decided by the policy: {sum(rules.values())}")
        for rule, count in rules.most_common():
            print(f"  {count:6} {rule}")
        print(f"disagreements: {len(disagreements)}")
    assert counts["compared"] >= 20_000
    assert not disagreements, "\n".join(disagreements[:40])


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_is_known(region):
    assert subprocess.run([BINARY, "phone", "--region", region, "0"], capture_output=True, check=False).returncode == 1


def test_other_regions_are_refused():
    for region in ("UK", "ZZ", "001", ""):
        ran = subprocess.run([BINARY, "phone", "--region", region, "0"], capture_output=True, check=False)
        assert ran.returncode == 2, region
