-- Parts of the last load
-- Is each part fresh, and are all its rows accounted for?
--
-- One row per part of the source that the last load read: a relation or a file.
--
-- Columns:
--   part             relation that was copied, or file that was read
--   source           what was loaded
--   finished_at      when the load ended
--   newest_at        newest change among its rows; of the whole load where no part tells
--   expected_minutes within which the next change is expected; null: not said
--   source_rows      rows that the source told of it
--   inserted_rows    of these, rows that were new
--   updated_rows     rows that had changed
--   unchanged_rows   rows that were here as they are
--   mended_rows      rows that could not be read, and were mended before
--   quarantined_rows rows that could not be read
--   residual_rows    source rows that are none of these: not accounted for
--   balance          adds up where there are no such rows
--   deleted_rows     rows that were here and are not in the source any more
--   held_rows        rows of the part that are here now
--
-- Metrics:
--   freshness        newest_at in minutes before now by load; lower is better; version 1,
--                    quality; older than the expected interval is late; without one
--                    nothing is late or fresh; changes of the future do not count
--   reconciliation_residual   residual_rows in rows by load; zero is right; version 1,
--                    quality; rows that could not be read are accounted for

with

last_load as (

    select max(finished_at) as loaded_at
    from load_lines

),

told as (

    select count(load_lines.newest_at) as parts
    from load_lines
    inner join last_load
        on load_lines.finished_at = last_load.loaded_at

),

whole as (

    select max(max_changed_at) as newest_at
    from load_log

),

last_lines as (

    select
        load_lines.part,
        load_lines.source,
        load_lines.finished_at,
        case when told.parts = 0 then whole.newest_at else load_lines.newest_at end
            as newest_at,
        load_lines.expected_minutes,
        load_lines.source_rows,
        coalesce(load_lines.inserted_rows, 0) as inserted_rows,
        coalesce(load_lines.updated_rows, 0) as updated_rows,
        coalesce(load_lines.unchanged_rows, 0) as unchanged_rows,
        coalesce(load_lines.mended_rows, 0) as mended_rows,
        coalesce(load_lines.quarantined_rows, 0) as quarantined_rows,
        coalesce(load_lines.deleted_rows, 0) as deleted_rows,
        load_lines.held_rows
    from load_lines
    inner join last_load
        on load_lines.finished_at = last_load.loaded_at
    cross join told
    cross join whole

),

balanced as (

    select
        last_lines.*,
        source_rows
        - inserted_rows
        - updated_rows
        - unchanged_rows
        - mended_rows
        - quarantined_rows as residual_rows
    from last_lines

)

select
    part,
    source,
    finished_at,
    newest_at,
    expected_minutes,
    source_rows,
    inserted_rows,
    updated_rows,
    unchanged_rows,
    mended_rows,
    quarantined_rows,
    residual_rows,
    case when residual_rows = 0 then 'adds up' else 'does not add up' end as balance,
    deleted_rows,
    held_rows
from balanced
order by part, source
