-- Loads so far
-- How many rows did each load read, and how many of them could not be read?
--
-- One row per load, the oldest first.
--
-- Columns:
--   finished_at      when the load ended
--   source           what was loaded
--   source_rows      rows that the source told
--   quarantined_rows of these, rows that could not be read
--   changed_rows     rows that were new, had changed or were deleted
--
-- Rates:
--   quarantined      quarantined_rows / source_rows

select
    finished_at,
    source,
    cast(sum(source_rows) as bigint) as source_rows,
    cast(sum(coalesce(quarantined_rows, 0)) as bigint) as quarantined_rows,
    cast(
        sum(
            coalesce(inserted_rows, 0)
            + coalesce(updated_rows, 0)
            + coalesce(deleted_rows, 0)
        ) as bigint
    ) as changed_rows
from load_lines
group by finished_at, source
order by finished_at, source
