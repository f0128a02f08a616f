-- Departments with a page of their own
-- Which departments tell more of their items than the common relations hold?
--
-- One row per extension relation that has rows.
--
-- Columns:
--   extension        the relation without its ext_: data_entry, payroll and so on

with

found as (

    select 'data_entry' as extension
    where exists (select 1 from ext_data_entry)

    union all

    select 'accounts_payable' as extension
    where exists (select 1 from ext_accounts_payable)

    union all

    select 'accounts_receivable' as extension
    where exists (select 1 from ext_accounts_receivable)

    union all

    select 'payroll' as extension
    where exists (select 1 from ext_payroll)

    union all

    select 'human_resources' as extension
    where exists (select 1 from ext_human_resources)

    union all

    select 'customer_support' as extension
    where exists (select 1 from ext_customer_support)

    union all

    select 'it_support' as extension
    where exists (select 1 from ext_it_support)

    union all

    select 'document_management' as extension
    where exists (select 1 from ext_document_management)

    union all

    select 'compliance' as extension
    where exists (select 1 from ext_compliance)

    union all

    select 'order_management' as extension
    where exists (select 1 from ext_order_management)

    union all

    select 'bpo' as extension
    where exists (select 1 from ext_bpo)

    union all

    select 'outsourced' as extension
    where exists (select 1 from ext_outsourced)

)

select extension
from found
order by extension
