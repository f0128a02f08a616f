-- Loads
-- Where does the data come from, and how fresh is it?
--
-- One row per load, the newest first.
--
-- Columns:
--   source           what was loaded
--   zone             reporting zone of the site
--   as_of            moment for which the data holds
--   max_changed_at   newest change that the source held
--   finished_at      when the load ended
--   rows             rows read from the source
--   refused_rows     of these, rows that could not be read
--   is_sample        invented data

select
    source,
    zone,
    as_of,
    max_changed_at,
    finished_at,
    rows,
    refused_rows,
    is_sample
from load_log
order by finished_at desc, source
