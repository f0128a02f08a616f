"""Files dragged in, what would become of them, and their import."""

from dashboard.components.importing import (
    choose,
    look_and_import,
    rows_that_wait,
    where,
)

place = where()
look_and_import(choose(place))
rows_that_wait(place)
