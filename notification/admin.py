"""Notifications in the admin: what was sent to whom, a test, and a switch for everything."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from notification.models import (
    Delivery,
    Follow,
    Notification,
    Pause,
    PushDelivery,
    Settings,
    Subscription,
)
from user.admin.base import ListAdmin, ReadOnlyAdmin
from user.mail import Mail, compose


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """What was sent to whom, when and with what result; never the text."""

    list_display = [
        "recipient",
        "kind",
        "status",
        "due_at",
        "done_at",
        "attempts",
        "error",
    ]
    list_filter = ["status", "kind"]
    list_select_related = ["recipient"]
    search_fields = ["=recipient__username", "=recipient__email"]
    ordering = ["-id"]
    actions = ["send_test"]

    @admin.action(description="나에게 시험 메일 보내기", permissions=["view"])
    def send_test(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Mail the operator something now, whatever is selected, and say what the server said."""
        to = request.user.email  # type: ignore[union-attr]
        text = _("이 메일이 보이면 메일 발송이 잘 되고 있어요.")
        mail = Mail(subject=_("[SidePro] 시험 메일"), heading=_("시험 메일"), paragraphs=[text])
        try:
            compose(mail, to).send()
        except OSError as error:
            self.message_user(request, f"{type(error).__name__}: {error}", messages.ERROR)
            return
        self.message_user(request, f"{to}: OK", messages.SUCCESS)


@admin.register(PushDelivery)
class PushDeliveryAdmin(ReadOnlyAdmin):
    """What was pushed to whom, when and with what result; never the text, nor the browser."""

    list_display = ["recipient", "kind", "status", "due_at", "done_at", "attempts", "error"]
    list_filter = ["status", "kind"]
    list_select_related = ["recipient"]
    search_fields = ["=recipient__username", "=recipient__email"]
    exclude = ["subscription"]
    ordering = ["-id"]


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    """Who gets pushes, and since when; never the address, which is a secret of the browser."""

    list_display = ["user", "created_at"]
    list_select_related = ["user"]
    search_fields = ["=user__username", "=user__email"]
    fields = ["user", "created_at"]
    ordering = ["-id"]


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    """Who was notified of what, and whether it was read; never the text."""

    list_display = ["recipient", "kind", "target", "updated_at", "read_at"]
    list_filter = ["kind"]
    list_select_related = ["recipient"]
    search_fields = ["=recipient__username"]
    fields = ["recipient", "kind", "target", "is_listed", "created_at", "updated_at", "read_at"]
    ordering = ["-id"]


@admin.register(Settings)
class SettingsAdmin(ReadOnlyAdmin):
    """How people want to be notified, and whose address refuses mails."""

    list_display = ["user", "mail", "digest", "bounces"]
    list_filter = ["mail", "digest"]
    list_select_related = ["user"]
    search_fields = ["=user__username", "=user__email"]


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    """Who follows whom and what."""

    list_display = ["follower", "person", "skill", "created_at"]
    list_select_related = ["follower", "person", "skill"]
    search_fields = ["=follower__username", "=person__username", "=skill__name"]
    ordering = ["-id"]


@admin.register(Pause)
class PauseAdmin(ListAdmin):
    """The switch for everything: while a row is here nothing is sent, and nothing is lost."""

    list_display = ["since", "reason"]
