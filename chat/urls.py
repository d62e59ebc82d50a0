"""Routes of the coffee chat, under `/api/v1/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from chat import views

router = SimpleRouter(use_regex_path=False)
router.register("rooms", views.RoomViewSet, basename="room")

urlpatterns = [path("", include(router.urls))]
