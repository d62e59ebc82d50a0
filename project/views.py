"""The project board over HTTP: who may do what, and with which status."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from project import services
from project.comments import delete_comment
from project.constants import BOARD_ORDERINGS, COMMENT_ORDERING, COUNTED_MAX
from project.models import Comment, Dismissal, Project, ProjectQuerySet
from project.permissions import IsAuthorOrModeratorOrReadOnly
from project.serializers import (
    BoardQuerySerializer,
    BookmarkSerializer,
    CommentSerializer,
    DismissalSerializer,
    MarkdownSerializer,
    ProjectCardSerializer,
    ProjectCountSerializer,
    ProjectSerializer,
    SimilarSerializer,
    refused_at,
)
from project.similar import similar_projects
from project.text.markdown import render_markdown
from project.versions import etag, outdated
from project.viewing import count_view
from user.api.conditional import conditional, depends_on_viewer, digest
from user.api.pagination import KeysetPagination, Ordering
from user.api.throttling import ScopeThrottle
from user.api.validation import validated
from user.login.authentication import current_user
from user.permissions import EmailConfirmed


@conditional
@extend_schema_view(
    list=extend_schema(
        parameters=[BoardQuerySerializer], responses=ProjectCardSerializer(many=True)
    )
)
class ProjectViewSet(
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Project],
):
    """The board and its projects."""

    queryset = Project.objects.none()
    serializer_class = ProjectSerializer
    permission_classes = [IsAuthorOrModeratorOrReadOnly, EmailConfirmed]
    pagination_class = KeysetPagination
    lookup_value_converter = "int"

    @cached_property
    def board_query(self) -> dict[str, Any]:
        """What the board is filtered by and ordered by. Raises ValidationError (400)."""
        return validated(BoardQuerySerializer, self.request)

    def get_ordering(self) -> Ordering:
        """The order of the board."""
        return BOARD_ORDERINGS[self.board_query["ordering"]]

    def get_queryset(self) -> QuerySet[Project]:
        """What the caller may see, as cards or as a page."""
        if self.action == "list":
            return self.asked_for(Project.objects.for_board(self.request.user))
        return Project.objects.for_page(self.request.user)

    def asked_for(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """Those that the query asks for. Raises NotAuthenticated where a visitor follows."""
        if self.board_query.get("following"):
            if not self.request.user.is_authenticated:
                raise NotAuthenticated
            projects = projects.followed_by(current_user(self.request))
        return projects.filtered(self.board_query)

    @extend_schema(parameters=[BoardQuerySerializer], responses=ProjectCountSerializer)
    @action(detail=False, pagination_class=None)
    def count(self, request: Request) -> Response:
        """How many projects a query of the board finds."""
        found = self.asked_for(Project.objects.visible_to(request.user))
        count = found.order_by()[: COUNTED_MAX + 1].count()
        return Response({"count": min(count, COUNTED_MAX), "more": count > COUNTED_MAX})

    def get_serializer_class(self) -> type[BaseSerializer[Project]]:
        """Cards on the board, the whole project elsewhere."""
        return ProjectCardSerializer if self.action == "list" else ProjectSerializer

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The board."""
        return depends_on_viewer(request, super().list(request, *args, **kwargs))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A project's page; counts a view: never the author's, once in 30 minutes a viewer."""
        project = self.get_object()
        count_view(project, request)
        response = self.page(project)

        def add_digest(rendered: Response) -> None:
            rendered["ETag"] = etag(project.version, digest(rendered))

        response.add_post_render_callback(add_digest)
        return depends_on_viewer(request, response)

    def page(self, project: Project) -> Response:
        """A project's page, with the `ETag` of its text."""
        headers = {"ETag": etag(project.version)}
        return Response(self.get_serializer(project).data, headers=headers)

    def perform_create(self, serializer: BaseSerializer[Project]) -> None:
        """Publish, and answer with the page as anybody would get it."""
        serializer.instance = self.get_queryset().get(pk=serializer.save().pk)

    @extend_schema(responses={200: ProjectSerializer, 412: None})
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change my project; 412 with what is there now when it is not what I have read."""
        serializer = self.get_serializer(self.get_object(), data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        try:
            project = serializer.save()
        except services.OutdatedError:
            project = self.get_queryset().get(pk=self.kwargs["pk"])
            return outdated(self.get_serializer(project).data, {"ETag": etag(project.version)})
        return self.page(self.get_queryset().get(pk=project.pk))

    @extend_schema(responses=SimilarSerializer)
    @action(detail=True, pagination_class=None)
    def similar(self, request: Request, pk: int) -> Response:
        """Up to six projects that share skills with this one, the most similar first."""
        project = get_object_or_404(Project.objects.visible().only("pk"), pk=pk)
        return Response(
            SimilarSerializer({"results": similar_projects(project, request.user)}).data
        )

    @extend_schema(request=None, responses={200: BookmarkSerializer})
    @action(detail=True, methods=["put"], permission_classes=[IsAuthenticated])
    def bookmark(self, request: Request, pk: int) -> Response:
        """Bookmark the project; again is no error."""
        return self.set_bookmark(bookmarked=True)

    @extend_schema(responses={200: BookmarkSerializer})
    @bookmark.mapping.delete
    def unbookmark(self, request: Request, pk: int) -> Response:
        """Take the bookmark off; again is no error."""
        return self.set_bookmark(bookmarked=False)

    def set_bookmark(self, *, bookmarked: bool) -> Response:
        """Turn the caller's bookmark on or off."""
        project = get_object_or_404(Project.objects.visible().only("pk"), pk=self.kwargs["pk"])
        count = services.set_bookmark(current_user(self.request), project.pk, bookmarked=bookmarked)
        return Response({"bookmarked": bookmarked, "bookmark_count": count})


class DismissalView(generics.GenericAPIView[Project]):
    """What I am not interested in."""

    queryset = Project.objects.none()
    serializer_class = DismissalSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[Project]:
        """The projects that can be seen."""
        return Project.objects.visible().only("pk")

    @extend_schema(request=None, operation_id="projects_dismissal_update")
    def put(self, request: Request, pk: int) -> Response:
        """Never recommend this project to me again; again is no error."""
        Dismissal.objects.get_or_create(user=current_user(request), project=self.get_object())
        return Response({"dismissed": True})

    @extend_schema(responses={200: DismissalSerializer}, operation_id="projects_dismissal_destroy")
    def delete(self, request: Request, pk: int) -> Response:
        """Take that back; again is no error."""
        Dismissal.objects.filter(user=current_user(request), project=self.get_object()).delete()
        return Response({"dismissed": False})


class CommentListView(generics.ListCreateAPIView[Comment]):
    """The comments under a project, oldest first."""

    queryset = Comment.objects.none()
    serializer_class = CommentSerializer
    permission_classes = [IsAuthenticatedOrReadOnly, EmailConfirmed]
    pagination_class = KeysetPagination

    def get_ordering(self) -> Ordering:
        """Oldest first."""
        return COMMENT_ORDERING

    def get_project(self) -> Project:
        """The project that is talked about. Raises Http404 when it is not visible."""
        return get_object_or_404(Project.objects.visible().only("pk"), pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet[Comment]:
        """The visible comments."""
        return Comment.objects.for_page(self.request.user).filter(project=self.get_project())

    def get_serializer_context(self) -> dict[str, Any]:
        """What a reply must belong to, when one is written."""
        project = self.kwargs["pk"] if self.request.method == "POST" else None
        return {**super().get_serializer_context(), "project": project}

    def perform_create(self, serializer: BaseSerializer[Comment]) -> None:
        """Comment as the caller."""
        serializer.save(author=self.request.user, project=self.get_project())


class CommentView(mixins.UpdateModelMixin, generics.DestroyAPIView[Comment]):
    """One comment, for its author or an admin."""

    queryset = Comment.objects.none()
    serializer_class = CommentSerializer
    permission_classes = [IsAuthorOrModeratorOrReadOnly, EmailConfirmed]

    def get_queryset(self) -> QuerySet[Comment]:
        """Comments that can be seen, under projects that can be seen."""
        comments = Comment.objects.visible().with_authors()
        return comments.filter(project__in=Project.objects.visible())

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change my comment."""
        return self.partial_update(request, *args, **kwargs)

    def perform_destroy(self, comment: Comment) -> None:
        """Delete it; where there are replies, its place stays."""
        delete_comment(comment)


class MarkdownView(generics.GenericAPIView[Project]):
    """How a text will look."""

    queryset = Project.objects.none()
    serializer_class = MarkdownSerializer
    permission_classes = [IsAuthenticated]
    throttle_classes = [ScopeThrottle]
    throttle_scope = "markdown"

    @extend_schema(responses={200: MarkdownSerializer})
    def post(self, request: Request) -> Response:
        """The text as it will be published."""
        text = validated(MarkdownSerializer, request)["text"]
        with refused_at("text"):
            return Response({"html": render_markdown(text)})
