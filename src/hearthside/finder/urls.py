"""The map of finder."""

from django.urls import path

from hearthside.finder import views

urlpatterns = [
    path("find/", views.find, name="find"),
]
