"""Every route of the pages."""

from django.contrib.auth import views as auth
from django.urls import path

from taizhang.web import evidence, reports

urlpatterns = [
    path("", reports.index, name="reports"),
    path("reports/<str:slug>/", reports.report, name="report"),
    path("reports/<str:slug>/claims/<int:number>/", reports.claim, name="claim"),
    path("figures/<str:indicator>/", evidence.figure, name="figure"),
    path("figures/<str:indicator>/records/", evidence.records, name="records"),
    path("records/<str:record>/", evidence.record, name="record"),
    path("entries/<str:entry>/", evidence.entry, name="entry"),
    path("sign-in/", auth.LoginView.as_view(template_name="web/login.html"), name="login"),
    path("sign-out/", auth.LogoutView.as_view(next_page="reports"), name="logout"),
]
