"""Projects like another one: by the skills they share, weighted as Adamic and Adar do."""

from typing import Any

from django.db.models import F, Sum
from django.db.models.functions import Ln

from project.models import Project, Viewer

LENGTH = 6
# Of so many that share the most, those are taken that the viewer may see. Without the bound, every
# project with a skill in common is joined and sorted: three times as long of 100,000 projects.
POOL = 200


def similar_projects(project: Project, viewer: Viewer) -> list[Any]:
    """The most similar ones that lists show this viewer, as cards; of equals the newest first.

    Three queries. A skill counts for 1 / ln(2 + projects that use it), as they were last counted.
    """
    scores = _scores(project)
    shown = Project.objects.visible_to(viewer).filter(pk__in=scores)
    best = sorted(
        ((scores[pk], created_at, pk) for pk, created_at in shown.values_list("pk", "created_at")),
        reverse=True,
    )[:LENGTH]
    cards = Project.objects.for_board(viewer).filter(pk__in=[pk for *_, pk in best])
    by_id = {card.pk: card for card in cards}
    return [by_id[pk] for *_, pk in best if pk in by_id]


def _scores(project: Project) -> dict[int, float]:
    """How much the projects that are most like this one share with it, by their ids."""
    uses = Project.skills.through.objects
    shared = uses.filter(skill__in=uses.filter(project=project.pk).values("skill"))
    weight = Sum(1 / Ln(2.0 + F("skill__project_count")))
    others: Any = shared.exclude(project=project.pk).values_list("project").annotate(score=weight)
    found = others.order_by("-score", "-project")[:POOL]
    return {pk: round(score, 6) for pk, score in found}
