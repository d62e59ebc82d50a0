"""The form in which a moderator decides a case."""

from typing import Any

from django import forms

from moderation.constants import Decision
from moderation.models import Case
from moderation.rights import allowed_decisions
from user.models import User


class DecisionForm(forms.ModelForm[Case]):
    """What to do about a case, out of what this moderator may do, and what to answer."""

    moderator: User  # set by the admin, which makes a class of the form for each request

    class Meta:
        model = Case
        fields = ("decision", "answer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "decision" in self.fields:  # else the case is decided and only shown
            allowed = allowed_decisions(self.instance, self.moderator)
            self.fields["decision"] = forms.ChoiceField(
                label="결정",
                choices=[(decision.value, decision.label) for decision in allowed],
                widget=forms.RadioSelect,
            )

    def clean_decision(self) -> Decision:
        """The decision."""
        return Decision(self.cleaned_data["decision"])

    def _post_clean(self) -> None:
        """Leave the row as it is: `services.decide` writes it, under its lock."""
