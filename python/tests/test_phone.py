"""Phone numbers beyond the vectors: what the class is like."""

import copy
import pickle

import pytest

import wamux


def test_a_number() -> None:
    number = wamux.normalize_phone("8 (903) 456-78-90", region="RU")
    assert (number.e164, number.digits, number.region) == ("+79034567890", "79034567890", "RU")
    assert number.valid is True
    assert number.wa_id_candidates == ()
    assert number == wamux.normalize_phone("+79034567890")
    assert hash(number) == hash(wamux.normalize_phone("+79034567890"))
    assert number != wamux.normalize_phone("+79034567891")
    assert pickle.loads(pickle.dumps(number)) == copy.deepcopy(number) == number


def test_a_region_may_be_written_small() -> None:
    assert wamux.normalize_phone("020 7946 0018", region="gb").e164 == "+442079460018"


def test_strict_asks_for_an_assigned_number() -> None:
    assert wamux.normalize_phone("72101234567").valid is False
    with pytest.raises(wamux.PhoneNumberError) as caught:
        wamux.normalize_phone("72101234567", strict=True)
    assert caught.value.code == "not_valid"


@pytest.mark.parametrize("region", ["UK", "", "Russia", "\ud800"])
def test_an_unknown_region_is_a_wrong_setting(region: str) -> None:
    with pytest.raises(wamux.WamuxError) as caught:
        wamux.normalize_phone("8 903 456-78-90", region=region)
    assert isinstance(caught.value, ValueError)
    assert not isinstance(caught.value, wamux.PhoneNumberError)


def test_a_fault_has_its_code_and_keeps_the_number_to_itself() -> None:
    with pytest.raises(wamux.PhoneNumberError) as caught:
        wamux.normalize_phone("8 903 456-78-90 ext. 12", region="RU")
    error = caught.value
    assert isinstance(error, ValueError)
    assert isinstance(error, wamux.WamuxError)
    assert (error.code, error.kind, error.delivery) == ("extension", "validation", "not_sent")
    assert "456" not in f"{error} {error!r}"


@pytest.mark.parametrize("text", ["\0", "٠٩", "", "9" * 100_000, "\U0010ffff"])
def test_any_text_is_a_number_or_a_phone_fault(text: str) -> None:
    with pytest.raises(wamux.PhoneNumberError):
        wamux.normalize_phone(text, region="RU")


@pytest.mark.parametrize("text", ["\ud800", "+7903456\udc0078"])
def test_a_lone_surrogate_is_no_text(text: str) -> None:
    with pytest.raises(wamux.ValidationError) as caught:
        wamux.normalize_phone(text, region="RU")
    assert [(found.code, found.path) for found in caught.value.violations] == [("invalid", "")]


@pytest.mark.parametrize("wrong", [None, 79034567890, b"+79034567890", ["+79034567890"]])
def test_a_number_is_text(wrong: object) -> None:
    with pytest.raises(TypeError):
        wamux.normalize_phone(wrong)  # type: ignore[arg-type]  # wrong on purpose
