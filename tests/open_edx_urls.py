"""Where Open edX's views are found: below ``/api``, as in its own learning site."""

from django.urls import include, path

urlpatterns = [path("api/", include("lti_consumer.plugin.urls"))]
