-- Refused rows
-- Which rows of the source could not be read?
--
-- One row per reason why a row of a file was refused.
--
-- Columns:
--   file             name of the file
--   line             line in it, or row of the sheet
--   code             short name of the rule that it breaks
--   reason           what is wrong
--   text             the row as it stood there

select
    file,
    line,
    code,
    reason,
    text
from refused_rows
order by file, line, reason, text, code
