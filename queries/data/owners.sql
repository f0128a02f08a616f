-- Owners in force
-- Who answers for the data of each department?
--
-- One row per department and owner.
--
-- Parameters:
--   as_of            owners in force on the day of this instant
--
-- Columns:
--   department       the department
--   owner            who answers for it: a person or a role
--   contact          where to reach the owner

select
    department,
    owner,
    contact
from owners
where
    (valid_from is null or valid_from <= day_of(:as_of))
    and (valid_to is null or valid_to > day_of(:as_of))
order by department, owner, contact
