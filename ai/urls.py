"""Routes of the recommendation, under `/api/v1/`."""

from django.urls import path

from ai import views

urlpatterns = [
    path("recommendations/", views.RecommendationsView.as_view(), name="recommendations"),
]
