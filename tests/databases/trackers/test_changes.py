"""What a copy that takes over only what is new has to know."""

import pytest

from tests.databases.trackers.conftest import SERVERS

each_tracker = pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xdist_group(server))
        for name, server in SERVERS.items()
    ],
)


@each_tracker
def test_events_change_with_their_item_and_not_before_they_happen(tracker, name):
    """The key of an item, its team and the order of its events may change later."""
    items = tracker(name).select("work_items").to_pylist()
    changed = {item["item_id"]: item["changed_at"] for item in items}
    for event in tracker(name).select("work_events").to_pylist():
        newest = max(changed[event["item_id"]], event["event_at"])
        assert event["changed_at"] == newest


@each_tracker
def test_every_event_has_an_item_and_a_place(tracker, name):
    """No event stands twice, and each item is received once, first of all."""
    told = tracker(name)
    items = told.select("work_items")["item_id"].to_pylist()
    events = told.select("work_events").to_pylist()
    places = [(event["item_id"], event["sequence"]) for event in events]
    firsts = [event for event in events if event["sequence"] == 1]
    assert len(set(places)) == len(places)
    assert sorted(event["item_id"] for event in firsts) == sorted(items)
    assert {event["kind"] for event in firsts} == {"received"}
