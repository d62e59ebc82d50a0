-- A board of %(projects)s projects with 4 skills, up to 10 comments and up to 20 bookmarks each,
-- and as many people, of whom the first 1,000 do all of it.
-- Rows name each other by construction: foreign keys need no check. What no row needs while it is
-- written, the indexes that are not unique, is built at the end.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';
CREATE TEMP TABLE later AS
    SELECT indexname, indexdef FROM pg_indexes JOIN pg_class ON relname = indexname
    JOIN pg_index ON indexrelid = pg_class.oid
    WHERE schemaname = 'public' AND NOT indisunique AND tablename ~ '^(user|project)_';
DO $$ BEGIN EXECUTE (SELECT 'DROP INDEX ' || string_agg(indexname, ', ') FROM later); END $$;
SELECT setseed(0.5);

INSERT INTO user_user (password, is_superuser, email, username, is_active, is_staff, joined_at)
SELECT '!', false, 'u' || n || '@load.invalid', 'user' || n, true, false, now()
FROM generate_series(1, 1000) n;

INSERT INTO user_profile (user_id, description, github_url, meet_time, region, skills_changed_at)
SELECT id, '', '', '', '', now() FROM user_user;

INSERT INTO project_project (author_id, title, summary, content, github_url, view_count, bookmark_count, trending,
    is_hidden, search_text, created_at, updated_at)
SELECT users.ids[1 + n %% 1000], title, summary, repeat('본문 text ', 5) || '낱말' || n %% 5000 || '번', 'https://github.com/owl/' || n,
    (random() * 5000)::int, n %% 21, n %% 17, false,
    lower(title || E'\n' || summary || E'\nuser' || (1 + n %% 1000))
        || repeat(E'\n본문 text', 5) || '낱말' || n %% 5000 || '번', now() - n * interval '37 seconds', now()
FROM (SELECT array_agg(id) AS ids FROM user_user) users,
    generate_series(1, %(projects)s) n,
    LATERAL (SELECT
        (ARRAY['실시간 채팅','가계부','일정 관리','코드 리뷰','운동 기록','독서 모임','레시피','여행 지도','사진 앨범','날씨 알림'])[1 + n %% 10]
        || ' ' || (ARRAY['서비스','앱','플랫폼','봇','도구'])[1 + n / 10 %% 5] || ' ' || n AS title,
        (ARRAY['Django','React','Flutter','Spring','Vue'])[1 + n / 50 %% 5] || ' 로 만든 side project, '
        || md5(n::text) AS summary) texts;

-- A picture of each person, which their projects show as well.
INSERT INTO user_image (id, owner_id, kind, file, card, width, height, created_at)
SELECT id, owner, 'profile', 'images/' || name || '.webp', 'images/' || name || '.card.webp', 640, 360, now()
FROM (SELECT gen_random_uuid() AS id, id AS owner, md5(id::text) AS name FROM user_user) people;
UPDATE user_profile SET image_id = user_image.id FROM user_image WHERE owner_id = user_id;
UPDATE project_project SET thumbnail_id = image_id FROM user_profile WHERE user_id = author_id;

INSERT INTO project_project_skills (project_id, skill_id)
SELECT p.id, 1 + (p.id * 7 + k * 31 + (p.id / 129) * k) %% 129
FROM project_project p, generate_series(0, 3) k
ON CONFLICT DO NOTHING;

INSERT INTO project_comment (project_id, author_id, body, is_hidden, created_at, updated_at)
SELECT p.id, users.ids[1 + (p.id * 13 + k * 7) %% 1000], '잘 봤습니다 ' || k, false, now(), now()
FROM (SELECT array_agg(id) AS ids FROM user_user) users, project_project p,
    generate_series(1, (p.id %% 11)::int) k;

INSERT INTO project_bookmark (project_id, user_id, created_at)
SELECT p.id, users.ids[1 + (p.id * 17 + k * 41) %% 1000], now()
FROM (SELECT array_agg(id) AS ids FROM user_user) users, project_project p,
    generate_series(1, p.bookmark_count) k
ON CONFLICT DO NOTHING;

-- The other people: they only say something of themselves.
INSERT INTO user_user (password, is_superuser, email, username, is_active, is_staff, joined_at)
SELECT '!', false, 'u' || n || '@load.invalid', 'person' || n, true, false, now() - n * interval '41 seconds'
FROM generate_series(1001, %(projects)s) n;
INSERT INTO user_profile (user_id, description, github_url, meet_time, region, skills_changed_at)
SELECT id, (ARRAY['밤에 만드는','주말에 배우는','혼자 걷는','같이 쓰는'])[1 + id %% 4] || ' 개발자. 관심사는 주제' || id %% 7000 || '번 '
    || md5(id::text), '', (ARRAY['weekdays','weekends','any',''])[1 + id %% 4], (ARRAY['seoul','busan','jeju',''])[1 + id %% 4], now()
FROM user_user WHERE username LIKE 'person%%';
INSERT INTO user_profile_skills (profile_id, skill_id)
SELECT user_id, 1 + (user_id * 7 + k * 31) %% 129 FROM user_profile, generate_series(0, 2) k
ON CONFLICT DO NOTHING;

DO $$ BEGIN EXECUTE (SELECT string_agg(indexdef, '; ') FROM later); END $$;

VACUUM ANALYZE;
