-- Hand-offs of items
-- Which team passed which item to which, and when?
--
-- One row per change of an item's team, the first assignment left out. Derived from
-- item_stays, before any filter; a time in no team does not hide who had it before.

with

known_teams as (

    select
        item_id,
        stay_number,
        entered_at,
        department,
        team,
        lag(department) over (partition by item_id order by stay_number) as from_department,
        lag(team) over (partition by item_id order by stay_number) as from_team,
        row_number() over (
            partition by item_id, team
            order by stay_number
        ) as visit_number
    from item_stays
    where team is not null

)

select
    item_id,
    row_number() over (partition by item_id order by stay_number) as handoff_number,
    entered_at as handed_at,
    from_department,
    from_team,
    department as to_department,
    team as to_team,
    visit_number > 1 as is_back
from known_teams
where team <> from_team
order by item_id, handoff_number
