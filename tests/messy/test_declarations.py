"""What a mapping may declare stands in docs/mappings.md, where a person looks."""

import pytest

from dashboard.settings import ROOT
from dashboard.sources import columns, file_form

PAGE = (ROOT / "docs" / "mappings.md").read_text()
OF_COLUMNS = {key for keys in columns.KEYS.values() for key in keys}
OF_ALL = set(columns.OF_ALL) - {"from", "type"}


@pytest.mark.parametrize("key", sorted({*file_form.KEYS, *OF_COLUMNS, *OF_ALL}))
def test_a_declaration_is_documented(key):
    assert f"`{key}`" in PAGE


@pytest.mark.parametrize("kind", columns.KINDS)
def test_a_type_is_documented(kind):
    assert f"`{kind}`" in PAGE or kind == "seconds"
