"""The map of safety."""

from django.urls import path

from hearthside.safety import views

urlpatterns = [
    path("help-now/", views.crisis, name="crisis"),
]
