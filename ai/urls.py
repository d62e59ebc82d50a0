"""Routes of the recommendation, under `/api/v1/`."""

from django.urls import path

from ai import views

urlpatterns = [
    path("recommendations/", views.RecommendationsView.as_view(), name="recommendations"),
    path("recommendations/people/", views.SimilarPeopleView.as_view(), name="similar-people"),
    path("recommendations/starters/", views.StartersView.as_view(), name="starters"),
]
