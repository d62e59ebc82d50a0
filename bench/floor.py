"""The floor of the board: a bare Django view that runs one hand-written SQL for the same cards."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from sidepro.urls import urlpatterns as product_urlpatterns

SQL = """
SELECT p.id, p.title, p.summary, full_image.file, full_image.card, p.github_url,
    ARRAY(SELECT s.name FROM project_project_skills ps JOIN user_skill s ON s.id = ps.skill_id
          WHERE ps.project_id = p.id ORDER BY s.name),
    u.username, avatar.card, p.view_count, p.bookmark_count,
    (SELECT count(*) FROM project_comment c WHERE c.project_id = p.id AND NOT c.is_hidden
     AND NOT EXISTS (SELECT FROM user_user cu WHERE cu.id = c.author_id AND NOT cu.is_active)),
    p.created_at
FROM project_project p
JOIN user_user u ON u.id = p.author_id
LEFT JOIN user_profile pr ON pr.user_id = u.id
LEFT JOIN user_image avatar ON avatar.id = pr.image_id
LEFT JOIN user_image full_image ON full_image.id = p.thumbnail_id
WHERE NOT p.is_hidden AND u.is_active
ORDER BY p.created_at DESC, p.id DESC
LIMIT 20
"""


def cards(request: HttpRequest) -> JsonResponse:
    """The first page of the board."""
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        rows = cursor.fetchall()
    return JsonResponse(
        {
            "results": [
                {
                    "id": row[0],
                    "title": row[1],
                    "summary": row[2],
                    "thumbnail": row[3] and f"/media/{row[3]}",
                    "thumbnail_card": row[4] and f"/media/{row[4]}",
                    "github_url": row[5],
                    "skills": row[6],
                    "author": {"username": row[7], "image": row[8] and f"/media/{row[8]}"},
                    "view_count": row[9],
                    "bookmark_count": row[10],
                    "comment_count": row[11],
                    "created_at": row[12].isoformat(),
                    "bookmarked": False,
                }
                for row in rows
            ]
        }
    )


urlpatterns = [path("floor/cards/", cards), *product_urlpatterns]
