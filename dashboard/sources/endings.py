"""Words by which a status says that work has ended, done or not."""

from __future__ import annotations

import duckdb

from dashboard.sources.reading.headers import normal
from dashboard.sources.reading.rows import counted

NOT_DONE = frozenset(
    (
        *("cancelled", "canceled", "cancel", "withdrawn", "void", "voided", "rejected"),
        *("declined", "duplicate", "invalid", "abandoned", "dropped", "not required"),
        *("no longer required", "not needed", "no longer needed"),
        *("storniert", "abgebrochen", "zurückgezogen", "abgelehnt", "doppelt"),
        *("annulé", "annulée", "retiré", "rejeté", "doublon"),
        *("cancelado", "cancelada", "anulado", "anulada", "rechazado", "duplicado"),
        *("rejeitado", "annullato", "geannuleerd", "ingetrokken", "afgewezen"),
    )
)
DONE = frozenset(
    (
        *("done", "complete", "completed", "closed", "finished"),
        *("erledigt", "abgeschlossen", "geschlossen", "fertig"),
        *("terminé", "terminée", "clôturé", "clôturée", "fermé", "fermée"),
        *("hecho", "terminado", "terminada", "cerrado", "cerrada", "concluído"),
        *("fechado", "fatto", "chiuso", "afgerond", "afgehandeld", "gesloten", "klaar"),
    )
)


OF_NOT_DONE = (
    "Tell cancelled_at in the mapping, by where if no column has this date alone."
)
OF_DONE = (
    "Tell completed_at in the mapping, or fill in the date in the tracker where it is "
    "missing."
)


def means_ended(text: str) -> bool:
    """Whether a status means ended without being done, whatever its case and spaces."""
    is_word = text.strip()[-1:].isalpha()  # of most cells of a file this says enough
    return is_word and normal(text) in NOT_DONE


def ended_and_open(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Each status that says so of items which have no end, and so count as open."""
    found = connection.execute("""
        select any_value(status order by items desc, status), sum(items) :: bigint
        from (
            select status, count(*) as items
            from work_items
            where completed_at is null and cancelled_at is null
            group by status
        )
        group by lower(status)
        order by sum(items) desc, lower(status)
    """).fetchall()
    return tuple(
        f"{_said(status, items)} {cure}"
        for status, items in found
        for words, cure in ((NOT_DONE, OF_NOT_DONE), (DONE, OF_DONE))
        if normal(status or "") in words
    )


def _said(status: str, items: int) -> str:
    said = f"{counted(items, 'item says', 'items say')} {status} and "
    said += "have no end: they count" if items > 1 else "has no end: it counts"
    return f"{said} as open."
