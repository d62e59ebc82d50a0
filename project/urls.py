"""Routes of the board, under `/api/v1/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from project import views
from project.drafts import views as drafts

router = SimpleRouter(use_regex_path=False)
router.register("projects", views.ProjectViewSet, basename="project")

urlpatterns = [
    path("", include(router.urls)),
    path("drafts/", drafts.DraftListView.as_view(), name="drafts"),
    path("drafts/<uuid:pk>/", drafts.DraftView.as_view(), name="draft"),
    path("markdown/", views.MarkdownView.as_view(), name="markdown"),
    path("projects/<int:pk>/comments/", views.CommentListView.as_view(), name="comments"),
    path("projects/<int:pk>/dismissal/", views.DismissalView.as_view(), name="dismissal"),
    path("comments/<int:pk>/", views.CommentView.as_view(), name="comment"),
]
