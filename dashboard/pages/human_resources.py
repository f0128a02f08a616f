"""How fast vacancies are filled, which offers are accepted, who starts prepared."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    lines,
    only_with,
    records,
    table,
    tiles,
    times_with_open,
)

only_with("records/human_resources")
hiring = answer("human_resources/hiring")
vacancies = answer("human_resources/open_vacancies")
offers = answer("human_resources/offers_by_bucket")
starters = answer("human_resources/onboarding_by_bucket")
tiles(
    Tile(hiring, "Half filled within", "fill_days_p50", unit="days"),
    Tile(vacancies, "Open vacancies", "open_items", "down"),
    Tile(
        offers,
        "Offers accepted",
        "offer_acceptance",
        "up",
        note="Unanswered ones count as no",
    ),
    Tile(starters, "Ready on day 1", "done_by_day_1", "up"),
)
wrong = ("negative_items",) if hiring.total()["negative_items"] else ()
lines(
    hiring,
    columns=(
        *("filled_items", "fill_days_p50", "fill_days_p85", "fill_days_p95"),
        *("hire_days_p50", "hire_days_p85", "hire_days_p95", *wrong),
    ),
    title="Time to fill and time to hire, calendar days",
    note="Time to fill runs from the approval of a vacancy, time to hire from the "
    "application; both end when the offer is accepted. Open vacancies are not in them.",
)

times = answer("human_resources/hiring_by_bucket")
chart(
    times,
    charts.trend(
        times.rows,
        x="accepted_bucket_on",
        y="fill_days_p50",
        name="To fill",
        count="filled_items",
        partial="is_partial",
        reference="hire_days_p50",
        reference_name="To hire",
        unit="days",
    ),
    title="Time to fill and time to hire, half within so many days",
    note="Of few vacancies, so that ups and downs are mostly chance: look at the way "
    "over months. Those still open are missing here, and the longest are among them.",
    opens="filled_items",
)
times_with_open(
    "human_resources/vacancy_times",
    done="filled",
    unit="calendar days",
    title="Share of vacancies filled, of those not cancelled, by calendar days",
    note="Read across: this share is filled within so many days of the approval. Those "
    "still open count with their days so far, unlike above, so it may be longer here.",
)
chart(
    vacancies,
    charts.ranked_bars(
        vacancies.rows,
        label="days_band",
        value="open_items",
        part="offered_items",
        unit="vacancies",
        part_role="accent",
    ),
    note="Offered: an offer is made, and waits for its answer.",
)
both = answer("human_resources/filled_and_open")
ages = {row["vacancy_state"]: row["vacancy_days_p50"] for row in both.rows.to_pylist()}
filled, unfilled = ages.get("filled"), ages.get("open")
table(
    both,
    title="Filled vacancies, and those still open",
    note="Days from approval to the accepted offer, or so far. Open ones are not "
    "counted in time to fill. "
    + (
        ""
        if filled is None or unfilled is None
        else "Half of the open ones have waited longer already than half of the filled "
        "ones took: filling is getting slower."
        if unfilled > filled
        else "Half of the open ones have not waited longer than half of the filled "
        "ones took: nothing here says that filling is getting slower."
    ),
)
chart(
    offers,
    charts.bars_and_line(
        offers.rows,
        x="bucket_on",
        bars={"made_offers": "Made", "accepted_offers": "Accepted"},
        partial="is_partial",
        unit="offers",
    ),
    title="Offers made, and accepted of these",
    note="Pale while some are unanswered: these count as not accepted so far.",
)
chart(
    starters,
    charts.trend(
        starters.rows,
        x="first_day_bucket_on",
        y="done_by_day_1",
        name="By day 1",
        low="done_by_day_1_low",
        high="done_by_day_1_high",
        count="starters",
        partial="is_partial",
        reference="done_by_day_30",
        reference_name="By day 30",
    ),
    note="In percent of those who start. Of so few, the true share lies somewhere in "
    "the band. By day 30 is told only of starters whose thirtieth day is over.",
    opens="starters",
)
records(
    "records/human_resources",
    title="Vacancies open longest",
    columns=("item_id", "team", "priority", "approved_at", "open_days"),
    order="approved_at",
    vacancy_state="open",
)
