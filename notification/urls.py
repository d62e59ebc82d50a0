"""Routes of notifications and follows, under `/api/v1/`."""

from django.urls import path, re_path

from notification import views
from user.constants import USERNAME_IN_PATH

urlpatterns = [
    path("notifications/", views.NotificationListView.as_view(), name="notifications"),
    path("notifications/unread/", views.UnreadView.as_view(), name="notifications-unread"),
    path("notifications/read/", views.ReadView.as_view(), name="notifications-read"),
    path("notifications/settings/", views.SettingsView.as_view(), name="notification-settings"),
    path("notifications/push/", views.PushView.as_view(), name="push"),
    path("notifications/push/end/", views.PushEndView.as_view(), name="push-end"),
    path("follows/", views.FollowListView.as_view(), name="follows"),
    re_path(
        rf"^users/(?P<username>{USERNAME_IN_PATH})/follow/$",
        views.PersonFollowView.as_view(),
        name="follow-person",
    ),
    re_path(
        r"^skills/(?P<slug>[\w-]+)/follow/$", views.SkillFollowView.as_view(), name="follow-skill"
    ),
]
