"""Who answers for the failing rows of each department."""

from datetime import date

from dashboard.analyses.owners import failing_with_owners


def test_the_most_failing_department_comes_first_and_one_may_have_no_owner(asked):
    """Two owners of a department stand together."""
    ask = asked(
        {
            "work_items": """
            item_id | department | team | received_at
            1       | AP         | A    | 2026-03-01T09:00
            2       | HR         | -    | 2026-03-01T09:00
            3       | HR         | H    | 2026-03-01T09:00
            4       | -          | A    | 2026-03-01T09:00
            """,
            "owners": """
            department | owner | contact
            AP         | Ann   | ann@x.org
            AP         | Ben   | -
            """,
        }
    )
    year = date(2026, 1, 1), date(2027, 1, 1)
    found = failing_with_owners(ask("data/rules", *year), ask("data/owners", *year))
    rows = found.rows.select(["department", "failing_rows", "owner", "contact"])
    assert [tuple(row.values()) for row in rows.to_pylist()] == [
        ("HR", 1, None, None),
        (None, 1, None, None),
        ("AP", 0, "Ann, Ben", "ann@x.org"),
    ]
