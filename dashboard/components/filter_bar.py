"""The filters at the side of each page: period, as-of, grain and groups."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import streamlit as st

from dashboard.answers import Question
from dashboard.components import address
from dashboard.components.asking import ask, load
from dashboard.errors import MisError, QuestionError
from dashboard.filters import (
    DEFAULT_PRESET,
    LABELS,
    NONE,
    PRESETS,
    Filters,
    choice,
    local_time,
    parse_day,
    parse_moment,
    period_words,
    preset,
    utc,
)
from dashboard.planning import GRAINS
from dashboard.questions import default_as_of
from dashboard.relations import FILTERS
from dashboard.words import plain

CUSTOM = "custom"
Choices = dict[str, list[str]]


def filter_bar(page: str) -> None:
    """Show the filters, and keep what they say for the page and its address."""
    zone = load().zone
    news = address.take_in(page)
    if news is not None:
        _adopt(news, zone)
    if "_filters" not in st.session_state:
        st.session_state["_filters"] = Filters(
            *preset(DEFAULT_PRESET, _usual_as_of(), zone),
            _usual_as_of(),
            zone,
        )
    st.button("Reset filters", icon=":material/filter_alt_off:", on_click=_reset)
    as_of = _as_of(zone)
    start, end = _period(as_of, zone)
    st.session_state["_grain"] = _grain()
    groups = _groups(Filters(start, end, as_of, zone))
    st.session_state["_filters"] = Filters(start, end, as_of, zone, **groups)
    address.keep_filters(_address(zone))


def reset_to(name: str, values: tuple[str | None, ...]) -> None:
    """Set one filter from a page, such as by choosing a department in a table."""
    st.session_state[f"f_{name}"] = [value or NONE for value in values]


def _reset() -> None:
    for key in ("f_period", "f_dates", "f_as_of", "f_grain", "_came_at"):
        st.session_state.pop(key, None)
    for name in FILTERS:  # a list that is shown keeps what a missing key had
        st.session_state[f"f_{name}"] = []
    st.session_state["_address"] = {}
    if any(key in st.query_params for key in address.KEYS):
        own = {k: st.query_params.get_all(k) for k in st.query_params}
        kept = {k: v for k, v in own.items() if k not in address.KEYS}
        st.query_params.from_dict(kept)


def _adopt(news: address.Address, zone: str) -> None:
    """Set the widgets by an address; what it has wrong is said and left out."""
    for key in ("f_period", "f_dates", "f_as_of", "f_grain"):
        st.session_state.pop(key, None)
    for name in FILTERS:
        st.session_state[f"f_{name}"] = []
    for name in FILTERS:
        if name in news:
            st.session_state[f"f_{name}"] = news[name]
    wanted = news.get("grain", ["week"])[0]
    if wanted in GRAINS:
        st.session_state["f_grain"] = wanted
    else:
        st.warning(f"The address groups by {plain(wanted)}; weeks are shown.")
    try:
        if ("from" in news) != ("to" in news):
            raise QuestionError(
                "The address has only one end of a period, so the usual one is shown; "
                "write both from and to."
            )
        if "as_of" in news:
            moment = parse_moment(news["as_of"][0], zone)
            st.session_state["f_as_of"] = local_time(moment, zone)
        if "from" in news and "to" in news:
            start = parse_day(news["from"][0], "The start in the address")
            end = parse_day(news["to"][0], "The end in the address")
            if end <= start:
                raise QuestionError(
                    f"The address has a period that ends on {end}, before it starts on "
                    f"{start}; the usual period is shown."
                )
            st.session_state["f_period"] = CUSTOM
            st.session_state["f_dates"] = (start, end - timedelta(days=1))
        elif "period" in news:
            preset(news["period"][0], default_as_of(load()), zone)
            st.session_state["f_period"] = news["period"][0]
    except MisError as error:
        st.warning(plain(error))


def _as_of(zone: str) -> datetime:
    default = local_time(_usual_as_of(), zone)
    st.session_state.setdefault("f_as_of", default)
    chosen = st.datetime_input(
        f"As of ({zone})",
        key="f_as_of",
        persist_state="session",
        format="DD/MM/YYYY",
        min_value=datetime(1990, 1, 1),
        max_value=datetime(2100, 1, 1),
        help="Only what had happened before this moment counts.",
    )
    return utc(chosen or default, zone)


def _usual_as_of() -> datetime:
    """The moment that needs no word in the address: of a live source, when we came."""
    came = st.session_state.setdefault("_came_at", default_as_of(load()))
    return load().as_of or came


def _period(as_of: datetime, zone: str) -> tuple[date, date]:
    names = [*PRESETS, CUSTOM]
    st.session_state.setdefault("f_period", DEFAULT_PRESET)
    name = st.selectbox(
        "Period",
        names,
        key="f_period",
        persist_state="session",
        format_func=lambda n: PRESETS[n][0] if n in PRESETS else "Choose dates",
    )
    if name != CUSTOM:
        start, end = preset(name, as_of, zone)
        st.caption(period_words(start, end))
        return start, end
    start, end = preset(DEFAULT_PRESET, as_of, zone)
    st.session_state.setdefault("f_dates", (start, end - timedelta(days=1)))
    dates = st.date_input(
        "First and last day",
        key="f_dates",
        persist_state="session",
        format="DD/MM/YYYY",
    )
    if isinstance(dates, tuple) and len(dates) == 2:
        return dates[0], dates[1] + timedelta(days=1)
    first = dates[0] if isinstance(dates, tuple) and dates else start
    return first, first + timedelta(days=1)


def _grain() -> str:
    st.session_state.setdefault("f_grain", "week")
    chosen = st.segmented_control(
        "By",
        GRAINS,
        key="f_grain",
        persist_state="session",
        format_func=str.capitalize,
        required=True,
    )
    return chosen or "week"


def _groups(period: Filters) -> dict[str, tuple[str | None, ...]]:
    """A list to choose from for each filter that has more than one value."""
    chosen: dict[str, tuple[str | None, ...]] = {}
    for name, options in _choices(period).items():
        key = f"f_{name}"
        already = [v for v in st.session_state.get(key, []) if v not in options]
        if len(options) < 2 and not already:
            continue
        picked = st.multiselect(
            LABELS[name],
            [*options, *already],
            key=key,
            persist_state="session",
            placeholder=f"All {len(options)}",
        )
        chosen[name] = choice(picked)
    return chosen


def _choices(period: Filters) -> Choices:
    """The values to offer; teams and work types only of the chosen departments."""
    rows = ask(Question("filters/values", period)).rows.to_pylist()
    wanted = set(choice(st.session_state.get("f_department", [])))
    found: dict[str, dict[str, None]] = {name: {} for name in FILTERS}
    for row in rows:
        of_department = row["filter"] in ("team", "work_type")
        if of_department and wanted and row["department"] not in wanted:
            continue
        value = NONE if row["value"] is None else row["value"]
        found[row["filter"]][value] = None
    return {name: sorted(values, key=_none_last) for name, values in found.items()}


def _none_last(value: str) -> tuple[bool, str]:
    return value == NONE, value.lower()


def _address(zone: str) -> address.Address:
    """What differs from the default, as the address holds it."""
    state, found = st.session_state, {}
    shown: Filters = state["_filters"]
    if state["f_period"] == CUSTOM:
        found["from"] = [shown.start.isoformat()]
        found["to"] = [shown.end.isoformat()]
    elif state["f_period"] != DEFAULT_PRESET:
        found["period"] = [state["f_period"]]
    if shown.as_of != _usual_as_of():
        local = local_time(shown.as_of, zone)
        found["as_of"] = [local.isoformat(timespec="minutes")]
    if state["_grain"] != "week":
        found["grain"] = [state["_grain"]]
    for name, values in shown.chosen.items():
        found[name] = [value or NONE for value in values]
    return found
