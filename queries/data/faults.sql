-- Faults of the data
-- What does the data tell that cannot be, and what becomes of it?
--
-- One row per kind of fault. A row of the source with two faults stands under both.
--
-- Columns:
--   kind             what has the fault: item, event, review, time record or work type
--   fault            what is wrong with it
--   effect           what becomes of it in the figures
--   rows             rows of the source with this fault
--   negative_rows    items that were completed, started or due before their receipt; one
--                    with several of these faults counts under the first of them
--
-- Metrics:
--   negative_durations   negative_rows in rows by load; zero is right; version 1, quality;
--                    an item that lasts no time at all is valid; a due date before the
--                    receipt leaves the share of the time allowed unknown, and the item
--                    late or on time as promised
--
-- Cases:
--   rows             records/faults
--   negative_rows    records/faults where is_negative = true

select
    kind,
    fault,
    effect,
    count(*) as rows,
    count(case when is_negative then 1 end) as negative_rows
from source_faults
group by kind, fault, effect
order by kind, fault
