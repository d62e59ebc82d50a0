"""More names that people type for a technology, and technologies that were missed.

What a moderator has added in the meantime stays as it is: a name that is taken is left alone.
"""

import unicodedata

from django.db import migrations
from django.utils.text import slugify

NAMES = {
    "Android": ["AOS"],
    "AWS": ["EC2"],
    "Axum": ["악숨"],
    "Chakra UI": ["chakra", "차크라 UI"],
    "Cloudflare Workers": ["CF Workers"],
    "Django REST framework": ["Django REST", "장고 레스트 프레임워크"],
    "DynamoDB": ["dynamo", "다이나모디비"],
    "Elasticsearch": ["elastic", "엘라스틱"],
    "GitHub": ["깃헙"],
    "GitHub Actions": ["GitHub Action", "깃헙 액션", "깃허브 액션스", "GHA"],
    "GitLab CI": ["깃랩", "GitLab CI/CD"],
    "Go": ["고언어", "Go언어"],
    "InfluxDB": ["인플럭스"],
    "Java": ["자바17", "Java 17", "Java 21"],
    "JavaScript": ["바닐라JS", "Vanilla JS", "바닐라 자바스크립트"],
    "Jetpack Compose": ["젯팩 컴포즈", "제트팩 컴포즈"],
    "JPA": ["Spring Data JPA", "스프링 데이터 JPA"],
    "Kotlin Multiplatform": ["코틀린 멀티플랫폼"],
    "MariaDB": ["maria", "마리아디비"],
    "MongoDB": ["몽고"],
    "MUI": ["머티리얼 UI"],
    "NestJS": ["네스트JS"],
    "Next.js": ["넥스트JS"],
    "Node.js": ["노드JS"],
    "OpenAI API": ["GPT", "챗GPT"],
    "OpenCV": ["오픈CV"],
    "PostgreSQL": ["pg", "포스트그레"],
    "QueryDSL": ["쿼리DSL"],
    "RabbitMQ": ["래빗엠큐", "rabbit"],
    "Raspberry Pi": ["라즈베리", "라파이"],
    "React Native": ["알엔"],
    "React Query": ["탄스택 쿼리"],
    "Redux": ["RTK"],
    "ROS": ["ROS2"],
    "Ruby on Rails": ["루비 온 레일즈", "루비온레일스"],
    "Selenium": ["셀레니움"],
    "shadcn/ui": ["섀드씨엔"],
    "Socket.IO": ["소켓IO"],
    "Spring Boot": ["스부"],
    "SQLite": ["에스큐엘라이트"],
    "Supabase": ["슈퍼베이스"],
    "SwiftUI": ["스위프트유아이"],
    "Tailwind CSS": ["테일윈드CSS"],
    "Three.js": ["쓰리JS"],
    "TypeORM": ["타입ORM"],
    "Unity": ["Unity3D"],
    "Unreal Engine": ["UE5", "언리얼5"],
    "Vercel": ["버설"],
    "Vite": ["vitejs"],
    "Zustand": ["쥬스탄드"],
}
NEW = [
    ("Ant Design", "frontend", ["antd", "앤트 디자인"]),
    ("Framer Motion", "frontend", ["Framer", "Motion", "프레이머 모션"]),
    ("MobX", "frontend", ["몹엑스"]),
    ("Radix UI", "frontend", ["Radix", "라딕스"]),
    ("SWR", "frontend", ["에스더블유알"]),
    ("TanStack Router", "frontend", ["탄스택 라우터"]),
    ("Blazor", "frontend", ["블레이저"]),
    ("Drizzle ORM", "backend", ["Drizzle", "드리즐"]),
    ("Thymeleaf", "backend", ["타임리프"]),
    ("WordPress", "backend", ["워드프레스"]),
    ("FlutterFlow", "mobile", ["플러터플로우"]),
    ("Claude", "ai", ["클로드", "Claude API", "Anthropic"]),
    ("Claude Code", "ai", ["클로드 코드"]),
    ("Cursor", "ai", ["커서"]),
    ("Gemini", "ai", ["제미나이", "Gemini API"]),
    ("GitHub Copilot", "ai", ["코파일럿", "Copilot", "깃허브 코파일럿", "깃 코파일럿"]),
    ("Gradio", "ai", ["그라디오"]),
    ("LangGraph", "ai", ["랭그래프"]),
    ("MCP", "ai", ["Model Context Protocol", "엠씨피"]),
    ("RAG", "ai", ["래그", "검색 증강 생성"]),
    ("vLLM", "ai", ["브이엘엘엠"]),
    ("Chroma", "data", ["ChromaDB", "크로마"]),
    ("Milvus", "data", ["밀버스"]),
    ("OpenSearch", "data", ["오픈서치"]),
    ("pgvector", "data", ["피지벡터"]),
    ("Pinecone", "data", ["파인콘"]),
    ("Qdrant", "data", ["큐드런트"]),
    ("Amazon S3", "devops", ["S3", "AWS S3"]),
    ("Roblox", "game", ["로블록스"]),
    ("Pygame", "game", ["파이게임"]),
    ("Biome", "tool", ["바이옴"]),
    ("ethers.js", "tool", ["ethers"]),
    ("n8n", "tool", ["엔에잇엔"]),
    ("Nx", "tool", ["엔엑스"]),
    ("pnpm", "tool", ["피엔피엠"]),
    ("Postman", "tool", ["포스트맨"]),
    ("Prettier", "tool", ["프리티어"]),
    ("Web3.js", "tool", ["web3", "웹3"]),
    ("Yarn", "tool", ["얀"]),
    ("Zod", "tool", ["조드"]),
]


def key_of(name):
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter in "+#")


def add_names(apps, schema_editor):
    Skill = apps.get_model("user", "Skill")
    SkillName = apps.get_model("user", "SkillName")
    skills = {row.key: row.skill for row in SkillName.objects.select_related("skill")}
    slugs = set(Skill.objects.values_list("slug", flat=True))
    rows = {}

    def add(skill, names):
        for name in names:
            key = key_of(name)
            if key not in skills:
                skills[key] = skill
                rows[key] = SkillName(skill=skill, name=name, key=key)

    for name, category, aliases in NEW:
        skill = skills.get(key_of(name))
        if skill is None:
            slug = slugify(name.replace(".", ""))
            slug = next(
                free
                for free in (slug, *(f"{slug}-{number}" for number in range(2, 1000)))
                if free not in slugs
            )
            slugs.add(slug)
            skill = Skill.objects.create(name=name, slug=slug, category=category)
        add(skill, [name, *aliases])
    for name, aliases in NAMES.items():
        if skill := skills.get(key_of(name)):  # a moderator may have removed it
            add(skill, aliases)
    SkillName.objects.bulk_create(rows.values())


class Migration(migrations.Migration):
    dependencies = [("user", "0016_people_statistics")]

    operations = [migrations.RunPython(add_names, migrations.RunPython.noop)]
