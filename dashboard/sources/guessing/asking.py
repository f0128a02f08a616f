"""What a proposal asks of a person, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Choice = tuple[str, str]  # the value to answer with, and what it means


APART = "\0apart"  # answers that a question of several columns is asked of each


@dataclass(frozen=True)
class Asked:
    """A question that the files leave open.

    `own` says what a text of one's own would be; without it, only a choice answers.
    """

    key: str
    sentence: str
    choices: tuple[Choice, ...]
    own: str = ""
    keys: tuple[str, ...] = ()  # of the questions that one answer settles

    def answered(self, answer: str) -> dict[str, str]:
        """The answers that this one gives, by the keys of questions."""
        if answer == APART:
            return {f"{APART}{key}": "" for key in self.keys}
        return dict.fromkeys(self.keys or (self.key,), answer)


@dataclass(frozen=True)
class Proposal:
    """A mapping as TOML text, a draft as long as something is asked; what was seen."""

    mapping: str
    asked: tuple[Asked, ...]
    told: tuple[str, ...]
    leads_on: bool = False  # an answer may raise questions that cannot be told yet


class OpenQuestionError(Exception):
    """Nothing more can be seen of the files before a question is answered."""


@dataclass
class Alike:
    """A question in the same words of several columns, by their headers."""

    words: str
    headers: dict[str, str] = field(default_factory=dict)  # header -> key

    def asked(self, choices: Sequence[Choice]) -> Asked:
        """The one question for all of them."""
        keys = tuple(self.headers.values())
        apart = (APART, "not the same in all of them: ask of each")
        sentence = f"{', '.join(self.headers)}: {self.words}"
        return Asked(keys[0], sentence, (*choices, apart), keys=keys)


class Dialogue:
    """The answers given so far, the questions still open, and what is told."""

    def __init__(self, answers: Mapping[str, str]):
        self._answers = answers
        self.asked: list[Asked] = []
        self.told: list[str] = []
        self.leads_on = False
        self._alike: dict[tuple[str, tuple[str, ...]], Alike] = {}

    def ask(
        self, key: str, sentence: str, choices: Sequence[Choice], own: str = ""
    ) -> str | None:
        """The answer; None where there is none that counts, and it is asked."""
        given = self._answers.get(key)
        values = [value for value, _ in choices]
        if given is not None and (given in values or own and given.strip()):
            return given
        if key not in [asked.key for asked in self.asked]:
            self.asked.append(Asked(key, sentence, tuple(choices), own))
        return None

    def is_answered(self, key: str, answer: str) -> bool:
        """Whether a question has this answer."""
        return self._answers.get(key) == answer

    def ask_alike(
        self, key: str, words: str, choices: Sequence[Choice], header: str
    ) -> str | None:
        """As `ask`, of a column; what is asked of others too is one question to all."""
        answer = self.ask(key, f"{header}: {words}", choices)
        if answer is None and f"{APART}{key}" not in self._answers:
            topic = key.replace(header, "", 1), tuple(value for value, _ in choices)
            alike = self._alike.setdefault(topic, Alike(words))
            alike.headers.setdefault(header, key)
        return answer

    def questions(self) -> list[Asked]:
        """What is asked, one question for those that are alike."""
        found = {asked.key: asked for asked in self.asked}
        for alike in self._alike.values():
            first, *others = alike.headers.values()
            if others:
                found[first] = alike.asked(found[first].choices)
                for key in others:
                    del found[key]
        return list(found.values())

    def ask_again(
        self, key: str, sentence: str, choices: Sequence[Choice], own: str
    ) -> None:
        """Ask what has an answer that cannot be; the sentence says why."""
        self.asked.append(Asked(key, sentence, tuple(choices), own))

    def is_open(self, value: str) -> bool:
        """Whether a question is open that this value answers."""
        return any(value in dict(asked.choices) for asked in self.asked)

    def ask_role(
        self, key: str, sentence: str, choices: Sequence[Choice]
    ) -> str | None:
        """As `ask`, of which column is which; its cells may raise more questions."""
        answer = self.ask(key, sentence, choices)
        self.leads_on |= answer is None
        return answer

    def need(self, key: str, sentence: str, choices: Sequence[Choice]) -> str:
        """The answer; OpenQuestionError where it has to come before all else."""
        answer = self.ask(key, sentence, choices)
        if answer is None:
            self.leads_on = True
            raise OpenQuestionError
        return answer

    def supposing(self) -> Supposing:
        """A dialogue of its own that supposes what is not answered."""
        return Supposing(self._answers)

    def tell(self, sentence: str) -> None:
        """Add a sentence, once."""
        if sentence not in self.told:
            self.told.append(sentence)


class Supposing(Dialogue):
    """Takes the likeliest answer, its first choice, where none is given; says which."""

    def __init__(self, answers: Mapping[str, str]):
        super().__init__(answers)
        self.supposed: list[str] = []

    def ask(
        self, key: str, sentence: str, choices: Sequence[Choice], own: str = ""
    ) -> str | None:
        """The answer, or the first choice; None where nothing is to choose from."""
        given = self._answers.get(key)
        if not choices or given in dict(choices):
            return given
        value, words = choices[0]
        self.supposed.append(words)
        return value
