"""Every vector of the project through the Python API."""

import json
from collections import Counter
from collections.abc import Collection

import pytest

import wamux
from schema_records import message_record
from vector_compare import differences
from vector_runner import FILES, Form, Vector, answer, read

# What Python cannot run, by file and name, with the reason. One that matches nothing fails the run.
EXCLUDED: dict[tuple[str, str], str] = {}
# What the classes cannot say, though JSON can.
WITHOUT_CLASSES = {
    ("build/structure.json", "invalid: text"): "a class takes a plain string as the short form of a text",
    ("build/structure.json", "a null link"): "None is the same as an absent member there, and JSON's null is not",
}

BUILD_FILES = [file for file in FILES if file.startswith("build/")]
PAYLOAD_FILES = [
    file
    for file in FILES
    if file.startswith(("build/", "validate/", "calls/")) and any(vector.command != "decode" for vector in read(file))
]


def included(file: str, excluded: Collection[tuple[str, str]] = EXCLUDED) -> list[Vector]:
    return [vector for vector in read(file) if (file, vector.name) not in excluded]


def check(file: str, vectors: list[Vector], form: Form) -> None:
    """All faults of a file at once: one message of a run tells whether a rule or a single case is wrong."""
    faults = []
    for vector in vectors:
        found = differences(vector.output, answer(vector, form))
        faults += [f"{file}: {vector.name}: {difference}" for difference in found]
    assert not faults, "\n".join(faults)


def test_there_are_vectors_of_every_command() -> None:
    commands = Counter(vector.command for file in FILES for vector in read(file))
    assert set(commands) == {"build", "decode", "events", "phone", "validate"}
    assert commands.total() > 1500


def test_names_are_unique_and_exclusions_match() -> None:
    names = [(file, vector.name) for file in FILES for vector in read(file)]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert {*EXCLUDED, *WITHOUT_CLASSES} - set(names) == set()


@pytest.mark.parametrize("file", FILES)
def test_as_text(file: str) -> None:
    check(file, included(file), str)


@pytest.mark.parametrize("file", FILES)
def test_as_bytes(file: str) -> None:
    check(file, included(file), str.encode)


def is_one_document(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("file", PAYLOAD_FILES)
def test_as_python_values(file: str) -> None:
    # A str is JSON text, so that a document which is a string has no other form.
    vectors = [
        vector
        for vector in included(file)
        if vector.command != "decode"
        and is_one_document(vector.input)
        and not isinstance(json.loads(vector.input), str)
    ]
    assert vectors
    check(file, vectors, json.loads)


@pytest.mark.parametrize("file", BUILD_FILES)
def test_as_classes(file: str) -> None:
    vectors = []
    for vector in included(file, {*EXCLUDED, *WITHOUT_CLASSES}):
        if not is_one_document(vector.input):
            continue
        record = message_record(json.loads(vector.input))
        builds = "requests" in json.loads(vector.output)
        assert record is not None or not builds, f"{vector.name}: a good message that has no class"
        if record is not None:
            vectors.append(vector)
    check(file, vectors, lambda text: message_record(json.loads(text)))


@pytest.mark.parametrize("file", BUILD_FILES)
def test_classes_say_what_they_were_made_of(file: str) -> None:
    for vector in included(file, WITHOUT_CLASSES):
        if not is_one_document(vector.input):
            continue
        document = json.loads(vector.input)
        record = message_record(document)
        if record is not None:
            assert record.to_dict() == without_null(document), vector.name


def without_null(value: object) -> object:
    """None and null both mean absent."""
    if isinstance(value, dict):
        return {name: without_null(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [without_null(item) for item in value]
    return value


def test_a_changed_vector_is_seen() -> None:
    (vector,) = (vector for vector in read("build/devino-v2.json") if vector.name == "the text example")
    for wrong in (
        vector.output.replace('"to": "79034567890"', '"to": "79034567891"'),
        vector.output.replace('"from": "MySourceAddress",', ""),
        vector.output.replace("Key ***", "Key *"),
    ):
        assert wrong != vector.output
        assert differences(wrong, answer(vector, str))


def test_a_wrong_argument_is_not_a_vector() -> None:
    with pytest.raises(wamux.ConfigurationError):
        wamux.build_request("pigeon", {})
