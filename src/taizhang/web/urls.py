"""Every route of the pages."""

from django.contrib.auth import views as auth
from django.urls import path

from taizhang.web import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("reports/<str:slug>/", views.report, name="report"),
    path("reports/<str:slug>/claims/<int:number>/", views.claim, name="claim"),
    path("figures/<str:indicator>/", views.figure, name="figure"),
    path("records/<str:record>/", views.record, name="record"),
    path("sign-in/", auth.LoginView.as_view(template_name="web/login.html"), name="login"),
    path("sign-out/", auth.LogoutView.as_view(next_page="reports"), name="logout"),
]
