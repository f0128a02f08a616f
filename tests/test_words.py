"""How texts of others are shown."""

import pytest

from dashboard.words import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cost € of ½ «day»", "Cost € of ½ «day»"),
        ("*b* _i_ `c`", r"\*b\* \_i\_ \`c\`"),
        ("[link](https://x.example)", r"\[link\](https\://x\.example)"),
        (":red[x] $y$ <b>", r"\:red\[x\] \$y\$ \<b\>"),
        ("back\\slash", r"back\\slash"),
        ("two\nlines", "two lines"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text, shown):
    assert plain(text) == shown
