"""Trackers in every encoding: each letter is kept, or its row is set aside."""

import unicodedata

import pytest

from dashboard.errors import AskError

HEADER = "Case,Team,Cost\n"


def row(team: str) -> str:
    return f"{HEADER}1,{team},\n"


@pytest.mark.case("utf8")
def test_utf_8_needs_no_word(tracker):
    assert tracker.load(row("Zoë 日本 😀")).items == [("1", "Zoë 日本 😀", None)]


@pytest.mark.case("utf8_bom")
def test_a_byte_order_mark_is_no_part_of_the_first_header(tracker):
    assert tracker.load("\ufeff" + row("Zoë")).items == [("1", "Zoë", None)]


@pytest.mark.case("utf16_bom")
@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_is_known_by_its_mark(tracker, order):
    content = ("\ufeff" + row("Zoë")).encode(f"utf-16-{order}")
    assert tracker.load(content).items == [("1", "Zoë", None)]


@pytest.mark.case("utf16_no_bom")
@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_without_a_mark_has_to_be_declared(tracker, order):
    content = row("Zoë").encode(f"utf-16-{order}")
    with pytest.raises(AskError, match=f'declare encoding = "utf-16-{order}"'):
        tracker.load(content)
    assert tracker.load(content, f'encoding = "utf-16-{order}"').items == [
        ("1", "Zoë", None)
    ]


@pytest.mark.case("cp1252")
def test_an_old_encoding_is_declared(tracker):
    content = row("Zoë – 5 €").encode("cp1252")
    assert tracker.load(content, 'encoding = "cp1252"').items == [
        ("1", "Zoë – 5 €", None)
    ]


@pytest.mark.case("mixed_encoding")
def test_a_row_that_cannot_be_decoded_is_set_aside_with_the_place(tracker):
    loaded = tracker.load(HEADER.encode() + b"1,A,\n2,Zo\xeb,\n3,B,\n")
    assert [item for item, *_ in loaded.items] == ["1", "3"]
    assert loaded.refused == [(3, "mixed_encoding")]
    (reason,) = loaded.report.refused
    assert reason == "has bytes that are not utf-8 (byte 5 of the row, 0xEB)"


@pytest.mark.case("nul_byte")
def test_a_nul_sets_its_row_aside(tracker):
    loaded = tracker.load(f"{HEADER}1,A,\n2,B\0,\n")
    assert (len(loaded.items), loaded.refused) == (1, [(3, "nul_byte")])


@pytest.mark.case("control_char")
@pytest.mark.parametrize("sign", ["\x01", "\x08", "\x1b", "\x7f", "\x90"])
def test_a_control_character_sets_its_row_aside(tracker, sign):
    loaded = tracker.load(f"{HEADER}1,A,\n2,B{sign},\n")
    assert (len(loaded.items), loaded.refused) == (1, [(3, "control_char")])


@pytest.mark.case("replacement_char")
def test_a_lost_character_is_kept_and_told(tracker):
    loaded = tracker.load(row("Zo\ufffd"))
    assert loaded.items == [("1", "Zo\ufffd", None)]
    assert loaded.notes == {"replacement_char": 1}


@pytest.mark.case("mojibake")
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_text_that_was_decoded_wrongly_before_is_kept_and_told(tracker, encoding):
    garbled = (
        "Zoé’s".encode().decode("cp1252")
        if encoding == "cp1252"
        else ("Zoé".encode().decode("latin-1"))
    )
    loaded = tracker.load(row(garbled))
    assert loaded.items == [("1", garbled, None)]
    assert loaded.notes == {"mojibake": 1}


@pytest.mark.case("mojibake")
def test_words_with_accents_are_no_mojibake(tracker):
    assert tracker.load(row("SÃO PAULO Âge été")).notes == {}


@pytest.mark.case("nfc_nfd")
def test_a_text_keeps_its_form_and_keys_are_compared_in_one(tracker):
    apart = unicodedata.normalize("NFD", "Zoë")
    columns = """
item = { from = "Case", type = "key" }
team = "Team"
"""
    loaded = tracker.load(f"Case,Team\n{apart},{apart}\n", columns=columns)
    assert loaded.items == [("Zoë", apart, None)]


@pytest.mark.case("rtl_zwj_indic")
def test_scripts_of_the_world_are_kept(tracker):
    text = "עברית \u200fعربي क्\u200dष 👩\u200d💻"
    assert tracker.load(row(text)).items == [("1", text, None)]
