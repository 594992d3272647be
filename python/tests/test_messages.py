"""The message classes: making, comparing, copying, matching, and what of them is shown."""

import base64
import copy
import inspect
import json
import pickle
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

import wamux
from schema_records import SCHEMA, message_record, python_name, titles
from support import NUMBER, TEXT
from vector_runner import FILES, read
from wamux import message as m

if TYPE_CHECKING:
    from collections.abc import Callable


def text() -> m.TextMessage:
    return m.TextMessage(to=NUMBER, text=m.Text(body=TEXT), client_id="order-17")


def template() -> m.TemplateMessage:
    parameters = [m.TextParameter(text="Ada"), m.TextParameter(text="17")]
    return m.TemplateMessage(
        to=NUMBER,
        from_="MyCompany",
        template=m.Template(
            name="order_shipped",
            language=m.Language(code="en"),
            components=[m.Component(type="body", parameters=parameters)],
        ),
    )


def every_record() -> list[Any]:
    """Each good message of the vectors as classes: all of the classes are in some."""
    vectors = [vector for file in FILES if file.startswith("build/") for vector in read(file)]
    return [message_record(json.loads(vector.input)) for vector in vectors if '"requests"' in vector.output]


RECORDS = every_record()


@pytest.mark.parametrize("title", titles())
def test_every_class_of_the_schema_is_there(title: str) -> None:
    cls = getattr(m, title)
    assert inspect.isclass(cls)
    assert (cls.__name__, cls.__qualname__, cls.__module__) == (title, title, "wamux.message")
    assert cls.__doc__
    assert title in dir(m)
    assert title in m.__all__


def test_every_class_says_its_members() -> None:
    for branch in SCHEMA["oneOf"]:
        cls = getattr(m, branch["title"])
        signature = inspect.signature(cls)
        members = {python_name(name) for name in branch["properties"] if name != "type"}
        assert set(signature.parameters) == members
        for name, parameter in signature.parameters.items():
            assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
            required = name in {python_name(member) for member in branch["required"]}
            assert (parameter.default is inspect.Parameter.empty) == required


def test_members() -> None:
    message = text()
    assert (message.type, message.to, message.client_id) == ("text", NUMBER, "order-17")
    assert message.text.body == TEXT
    assert message.from_ is None
    assert message.context is None
    assert message.text.preview_url is None
    assert message.to_dict() == {
        "to": NUMBER,
        "client_id": "order-17",
        "type": "text",
        "text": {"body": TEXT},
    }


def test_a_text_may_be_a_plain_string() -> None:
    short = m.TextMessage(to=NUMBER, text=TEXT, client_id="order-17")
    assert short == text()
    assert hash(short) == hash(text())
    assert short.text == m.Text(body=TEXT)
    assert short.to_dict() == text().to_dict()


def test_the_type_cannot_be_given_or_changed() -> None:
    with pytest.raises(TypeError):
        m.TextMessage(to=NUMBER, text=TEXT, type="image")  # type: ignore[call-arg]  # wrong on purpose
    assert m.ReplyButton(reply=m.Reply(id="yes", title="Yes")).type == "reply"


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"to": NUMBER},
        {"text": TEXT},
        {"to": NUMBER, "text": TEXT, "body": "x"},
        {"to": NUMBER, "image": {"link": "https://example.com/a.jpg"}},
    ],
)
def test_missing_and_unknown_members_are_type_errors(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        m.TextMessage(**wrong)


def test_members_have_names_only() -> None:
    with pytest.raises(TypeError):
        m.Text(TEXT)  # type: ignore[call-arg]  # wrong on purpose


def test_a_wrong_type_is_a_violation_with_its_path() -> None:
    wrong: Any = 17
    message = m.TextMessage(to=NUMBER, text=m.Text(body=wrong), ttl="soon")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(wamux.ValidationError) as caught:
        wamux.build_request("rapporto", message)
    assert {(found.code, found.path) for found in caught.value.violations} == {
        ("invalid", "text.body"),
        ("invalid", "ttl"),
    }


def test_equality() -> None:
    assert text() == text()
    assert text() is not text()
    assert text() != m.TextMessage(to=NUMBER, text=m.Text(body=TEXT))
    assert text() != m.TextMessage(to=NUMBER, text=m.Text(body=TEXT), client_id="order-18")
    assert text() != text().to_dict()
    assert m.Text(body="x") != m.InteractiveText(text="x")
    assert template() == template()
    # Not the same class, though the same members.
    assert m.ContactEmail(type="HOME") != m.ContactUrl(type="HOME")
    assert (text() == 1, text() == None) == (False, False)  # noqa: E711  # the operator is what is tested
    with pytest.raises(TypeError):
        text() < text()  # type: ignore[operator]  # noqa: B015  # no order is meant


def test_absent_and_none_are_the_same() -> None:
    assert m.TextMessage(to=NUMBER, text=TEXT, ttl=None) == m.TextMessage(to=NUMBER, text=TEXT)
    assert "ttl" not in m.TextMessage(to=NUMBER, text=TEXT, ttl=None).to_dict()


def test_hashing() -> None:
    assert len({text(), text(), template(), template()}) == 2
    for record in RECORDS:
        assert hash(record) == hash(copy.deepcopy(record))


def test_lists_become_tuples() -> None:
    parameters = [m.TextParameter(text="Ada")]
    component = m.Component(type="body", parameters=parameters)
    parameters.append(m.TextParameter(text="17"))
    assert component.parameters == (m.TextParameter(text="Ada"),)
    assert component == m.Component(type="body", parameters=(m.TextParameter(text="Ada"),))
    assert hash(component) == hash(m.Component(type="body", parameters=[m.TextParameter(text="Ada")]))


def test_nothing_can_be_changed() -> None:
    message = text()
    changes: list[Callable[[], object]] = [
        lambda: setattr(message, "to", "+1"),
        lambda: setattr(message, "type", "image"),
        lambda: setattr(message, "color", "red"),
        lambda: delattr(message, "to"),
        lambda: setattr(message.text, "body", "x"),
    ]
    for change in changes:
        with pytest.raises((AttributeError, TypeError)):
            change()
    assert message == text()
    with suppress(TypeError):
        message.__init__(to="+1", text="x")  # type: ignore[call-arg]  # a second time
    assert message == text()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickling(protocol: int) -> None:
    for record in [*RECORDS, text(), template()]:
        back = pickle.loads(pickle.dumps(record, protocol))
        assert type(back) is type(record)
        assert back == record
        assert back.to_dict() == record.to_dict()


def test_copying() -> None:
    for record in RECORDS:
        assert copy.copy(record) == copy.deepcopy(record) == record


def test_match() -> None:
    def say(message: object) -> str:
        match message:
            case m.TextMessage(text=m.Text(body=body), client_id="order-17"):
                return f"text {body}"
            case m.TemplateMessage(template=m.Template(name=name, components=[m.Component(type="body")])):
                return f"template {name}"
            case m.ImageMessage(type="image"):
                return "image"
            case _:
                return "other"

    assert say(text()) == f"text {TEXT}"
    assert say(template()) == "template order_shipped"
    assert say(m.ImageMessage(to=NUMBER, image=m.Media(id="1"))) == "image"
    assert say(m.ReactionMessage(to=NUMBER, reaction=m.Reaction(message_id="1", emoji="👍"))) == "other"


def test_match_by_position_follows_the_schema() -> None:
    match m.Reaction(message_id="34825", emoji="👍"):
        case m.Reaction(message_id, emoji):
            assert (message_id, emoji) == ("34825", "👍")
        case _:
            pytest.fail("a reaction has its members in the order of the schema")


def test_what_is_shown() -> None:
    shown = repr(text())
    assert shown.startswith("TextMessage(")
    assert "+7903•••••90" in shown
    assert "order-17" not in shown
    for record in [*RECORDS, text(), template()]:
        for shown in (repr(record), str(record), f"{record}", f"{record!r:>3}"):
            assert type(record).__name__ in shown
            # Absent members would only hide those that are there.
            assert "None" not in shown


def texts_of(value: object) -> list[str]:
    """The strings of a message that are long enough to tell something."""
    if isinstance(value, dict):
        # Whether a number is one of work or home is a word, and shown as one.
        return [text for name, inner in value.items() if name != "type" for text in texts_of(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts_of(inner)]
    return [value] if isinstance(value, str) and len(value) > 4 else []


def words_of(schema: object) -> list[str]:
    """All names of members and all choices in a schema."""
    if isinstance(schema, dict):
        own = schema.get("properties")
        words = [python_name(name) for name in own] if isinstance(own, dict) else []
        words += [schema["const"]] if "const" in schema else []
        return words + [word for inner in schema.values() for word in words_of(inner)]
    if isinstance(schema, list):
        return [word for inner in schema for word in words_of(inner)]
    return []


def test_no_content_is_shown() -> None:
    # What is a name of a class or a member, or a choice, tells nothing.
    words = " ".join([*titles(), *words_of(SCHEMA)])
    for record in RECORDS:
        shown = repr(record)
        for told in texts_of(record.to_dict()):
            assert told in words or told not in shown


def body(message: Any) -> Any:
    request = wamux.build_request("devino-v2", message, from_="MyCompany")
    return json.loads(request.body or "null")


def test_bytes_become_base64() -> None:
    picture = bytes(range(256))
    media = m.Media(data=picture, mime_type="image/png")
    assert media.to_dict()["data"] == base64.b64encode(picture).decode()
    message = m.ImageMessage(to=NUMBER, image=media)
    assert base64.b64encode(picture).decode() in json.dumps(message.to_dict())
    assert str(picture[65:90]) not in repr(message)
    assert "data" in repr(media)


def test_moments_become_rfc_3339() -> None:
    moscow = timezone(timedelta(hours=3))
    deadline = datetime(2026, 12, 31, 16, 29, 30, tzinfo=moscow)
    schedule = m.Schedule(deadline=deadline)
    assert schedule.to_dict() == {"deadline": "2026-12-31T16:29:30+03:00"}
    with pytest.raises(wamux.WamuxError) as caught:
        wamux.build_request(
            "rapporto",
            m.TextMessage(to=NUMBER, text=TEXT, schedule=m.Schedule(deadline=datetime(2026, 12, 31))),  # noqa: DTZ001
        )
    assert [found.path for found in caught.value.violations] == ["schedule.deadline"]


class Colour(str, Enum):
    RED = "red"


class Number(IntEnum):
    TEN = 10


class OwnText(str):
    """A string of a user's own class."""

    __slots__ = ()


def test_values_of_subclasses_are_taken_for_what_they_are() -> None:
    message = {"to": OwnText(NUMBER), "type": "text", "text": {"body": Colour.RED}}
    assert body(message)["text"] == {"body": "red"}
    assert body(m.TextMessage(to=OwnText(NUMBER), text=Colour.RED))["text"] == {"body": "red"}
    with pytest.raises(wamux.ValidationError) as caught:
        body({**message, "ttl": Number.TEN, "colour": Colour.RED})
    assert [found.path for found in caught.value.violations] == ["colour"]


def test_any_mapping_and_sequence_will_do() -> None:
    message = MappingProxyType({"to": NUMBER, "type": "text", "text": MappingProxyType({"body": "x"})})
    assert body(message)["text"]["body"] == "x"
    mixed = {"to": NUMBER, "type": "text", "text": m.Text(body="x")}
    assert body(mixed)["text"]["body"] == "x"
    components = (m.Component(type="body", parameters=({"type": "text", "text": "Ada"},)),)  # type: ignore[arg-type]
    plain = {
        "to": NUMBER,
        "type": "template",
        "template": {"name": "a", "language": {"code": "en"}, "components": components},
    }
    assert body(plain)["template"]["components"][0]["parameters"] == [{"type": "text", "text": "Ada"}]


def test_options_of_a_gateway() -> None:
    options = m.Options(rapporto=m.RapportoOptions(registered_delivery=1), devino_v1=m.DevinoV1Options(validity=60))
    message = m.TextMessage(to=NUMBER, text=TEXT, options=options)
    assert message.to_dict()["options"] == {"devino-v1": {"validity": 60}, "rapporto": {"registered_delivery": 1}}
    request = wamux.build_request("rapporto", message, from_="MyCompany")
    assert json.loads(request.body or "")["registeredDelivery"] == 1
