"""What views are built on."""

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView


class PublicView(APIView):
    """Open to anyone; an expired access token does not stand in the way."""

    permission_classes = [AllowAny]
    authentication_classes = ()

    def get_authenticate_header(self, request: Request) -> str:
        """What a 401 asks for; without it, Django REST framework would answer 403."""
        return "Bearer"
