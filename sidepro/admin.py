"""The admin's frame: its name, logging in and changing one's own password."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest
from django.urls import reverse

from user.forms import AdminLoginForm, NewOwnPasswordForm


class SideproAdminSite(AdminSite):
    """The admin of SidePro."""

    site_title = site_header = "SidePro 관리"
    index_title = "운영"
    login_form = AdminLoginForm

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Django's page, with a form that also ends the sessions in the API."""
        request.current_app = self.name
        view = PasswordChangeView.as_view(
            form_class=NewOwnPasswordForm,
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)
