"""Addresses of the month's page."""

from django.urls import path

from shangliang.web.month import views

urlpatterns = [
    path("<str:unit>/", views.latest, name="month"),
    path("<str:unit>/<int:year>/<int:month>/", views.page, name="month_page"),
    path("<str:unit>/<int:year>/<int:month>/page.pdf", views.pdf, name="month_pdf"),
    path("<str:unit>/<int:year>/<int:month>/page.docx", views.docx, name="month_docx"),
    path("<str:unit>/<int:year>/<int:month>/page.xlsx", views.xlsx, name="month_xlsx"),
    path("<str:unit>/<int:year>/<int:month>/fill/", views.fill, name="month_fill"),
    path("<str:unit>/<int:year>/<int:month>/freeze/", views.freeze, name="month_freeze"),
]
