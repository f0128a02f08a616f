"""A mapping proposed from the files; what they leave open is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from zoneinfo import available_timezones

import streamlit as st

from dashboard import gate
from dashboard.components.asking import database
from dashboard.errors import MisError
from dashboard.intake.place import Place
from dashboard.intake.proposals import proposal
from dashboard.intake.uploads import Upload
from dashboard.sources.guessing import Asked, Proposal
from dashboard.sources.trackers import MAPPING_FILE
from dashboard.words import counted, plain

KEPT = "_import_proposals"
ANSWERS = "_import_answers"
OWN = "\0own"  # the choice of a text of one's own
MOST = 50  # proposals of the same files, by the answers given


def proposed(found: Place, uploads: Sequence[Upload]) -> dict[str, str] | None:
    """The proposed mapping; None as long as something is asked."""
    left, right = st.columns(2)
    name = left.text_input(
        "Name of the tracker", placeholder="such as Invoices", key="import name"
    )
    zones = sorted(available_timezones())
    zone = right.selectbox(
        "Time zone of its times and of the figures",
        zones,
        index=_usual(found, zones),
        placeholder="Choose the time zone",
        key="import zone",
    )
    if not uploads or not name.strip() or zone is None:
        st.caption("Choose the files, a name and the time zone to have one proposed.")
        return None
    try:
        return _settled(uploads, name.strip(), zone)
    except MisError as error:
        st.error(plain(error), icon=":material/error:")
        return None


def _usual(found: Place, zones: list[str]) -> int | None:
    """The place of the zone in which the figures are reported already, if any."""
    if not found.is_read:
        return None
    try:
        zone = gate.load(database()).zone
    except MisError:
        return None
    return zones.index(zone) if zone in zones else None


def _settled(uploads: Sequence[Upload], name: str, zone: str) -> dict[str, str] | None:
    """Ask until nothing is open; one answer may raise the next question."""
    answers: dict[str, str] = {}
    asked: list[Asked] = []
    waiting: set[str] = set()  # sentences that stand there without an answer
    while True:
        found = _proposal(uploads, name, zone, answers)
        news = [q for q in found.asked if q not in asked and q.sentence not in waiting]
        if not news:
            break
        for question in news:
            asked.append(question)
            if (answer := _ask(question, uploads)) is None:
                waiting.add(question.sentence)
            else:
                answers |= question.answered(answer)
    _tell(found)
    return None if found.asked else {MAPPING_FILE: found.mapping}


def _ask(question: Asked, uploads: Sequence[Upload]) -> str | None:
    """The answer to a question; none is chosen before a person has."""
    names = " ".join(upload.name for upload in uploads)
    values = " ".join(value for value, _ in question.choices)
    key = f"import answer {names} {question.key} {question.sentence} {values}"
    if not question.choices:
        return _written(f"{question.sentence} ({question.own})", key)
    words = dict(question.choices) | ({OWN: question.own} if question.own else {})
    given = _given()
    chosen: str | None = st.radio(
        plain(question.sentence),
        list(words),
        index=list(words).index(given[key]) if given.get(key) in words else None,
        format_func=lambda value: plain(words[value]),
        key=key,
    )
    if chosen is not None:
        given[key] = chosen
    return _written(question.own, f"{key} own") if chosen == OWN else chosen


def _given() -> dict[str, str]:
    """The answers given on this page: a file that was corrected brings them back."""
    given: dict[str, str] = st.session_state.setdefault(ANSWERS, {})
    return given


def _written(label: str, key: str) -> str | None:
    """A text of one's own; None as long as nothing is written."""
    given = _given()
    given[key] = st.text_input(plain(label), given.get(key, ""), key=key).strip()
    return given[key] or None


def _tell(found: Proposal) -> None:
    if found.told:
        with st.expander(f"What the files show: {counted(len(found.told), 'point')}"):
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in found.told))
    if found.asked:
        st.info(
            "Nothing can be imported as long as a question is open: "
            f"{counted(len(found.asked), 'answer')} to go.",
            icon=":material/help:",
        )


def _proposal(
    uploads: Sequence[Upload], name: str, zone: str, answers: dict[str, str]
) -> Proposal:
    """A proposal, kept while its page is looked at, since files take time to read."""
    kept = st.session_state.setdefault(KEPT, {})
    key = (_identity(uploads), name, zone, tuple(sorted(answers.items())))
    if key not in kept:
        if len(kept) >= MOST:
            kept.clear()
        with st.spinner("Looking at the files …"):
            kept[key] = proposal(uploads, name, zone, answers)
    found: Proposal = kept[key]
    return found


def _identity(uploads: Sequence[Upload]) -> str:
    """What tells these files from others."""
    told = " ".join(upload.file_id for upload in uploads)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
