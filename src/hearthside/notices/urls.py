"""The map of notices."""

from django.urls import path

from hearthside.notices import views

urlpatterns = [
    path("me/letters/", views.letters, name="letters"),
    path("letters/stop/<str:token>/", views.letters_stop, name="letters_stop"),
    path("letters/stop/<str:token>/undo/", views.letters_resume, name="letters_resume"),
]
