"""Routes of accounts, under `/api/v1/`."""

from django.urls import path, re_path

from user import views
from user.constants import USERNAME_IN_PATH
from user.images.views import ImageUploadView
from user.skills import views as skills

urlpatterns = [
    path("auth/register/", views.RegisterView.as_view(), name="register"),
    path("auth/availability/", views.AvailabilityView.as_view(), name="availability"),
    path("auth/token/", views.TokenView.as_view(), name="token"),
    path("auth/token/refresh/", views.TokenRefreshView.as_view(), name="token-refresh"),
    path("auth/logout/", views.LogoutView.as_view(), name="logout"),
    path("auth/password/change/", views.PasswordChangeView.as_view(), name="password-change"),
    path("auth/password/reset/", views.PasswordResetView.as_view(), name="password-reset"),
    path(
        "auth/password/reset/confirm/",
        views.PasswordResetConfirmView.as_view(),
        name="password-reset-confirm",
    ),
    path("auth/email/verify/", views.EmailVerifyView.as_view(), name="email-verify"),
    path("auth/email/verify/resend/", views.EmailResendView.as_view(), name="email-resend"),
    path("auth/email/change/", views.EmailChangeView.as_view(), name="email-change"),
    path("skills/", skills.SkillListView.as_view(), name="skills"),
    path("skills/suggestions/", skills.SkillSuggestionView.as_view(), name="skill-suggestions"),
    path("skills/<str:slug>/", skills.SkillView.as_view(), name="skill"),
    path("images/", ImageUploadView.as_view(), name="images"),
    path("users/me/", views.MeView.as_view(), name="me"),
    re_path(rf"^users/(?P<username>{USERNAME_IN_PATH})/$", views.UserView.as_view(), name="user"),
]
