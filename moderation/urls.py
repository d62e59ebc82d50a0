"""Routes of people, blocks and reports, under `/api/v1/`."""

from django.urls import path, re_path

from moderation import views
from user.constants import USERNAME_IN_PATH

urlpatterns = [
    path("users/", views.PeopleView.as_view(), name="people"),
    path("blocks/", views.BlockListView.as_view(), name="blocks"),
    re_path(
        rf"^users/(?P<username>{USERNAME_IN_PATH})/block/$",
        views.BlockView.as_view(),
        name="block",
    ),
    path("reports/", views.ReportView.as_view(), name="reports"),
]
