-- Owners over time
-- Who answered, answers and will answer for each department?
--
-- One row per department and day from which the owner counts.
--
-- Columns:
--   department       the department
--   owner            who answers for it: a person or a role
--   contact          where to reach the owner
--   valid_from       first day of this row
--   valid_to         first day no longer; null while in force

select
    department,
    owner,
    contact,
    valid_from,
    valid_to
from owners
order by department, valid_from, valid_to, owner, contact
