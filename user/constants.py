"""Fixed choices and limits of accounts and profiles."""

from datetime import timedelta

from django.db import models

USERNAME_MIN_LENGTH = 2
USERNAME_MAX_LENGTH = 20
# Hangul, ASCII letters and digits only: no look-alike letters, no invisible characters; and not of
# dots and dashes alone, which an address could not name.
USERNAME_PATTERN = r"(?=.*[0-9A-Za-z가-힣])[0-9A-Za-z가-힣_.-]+"
# A nickname in an address, where it may stand decomposed.
USERNAME_IN_PATH = USERNAME_PATTERN.replace("가-힣", "가-힣\u1100-\u11ff")
# A nickname that was given up leads to its person, and so many of one person do at once: a name
# is not free in that time, and names cannot be collected by giving them up.
FORMER_USERNAME_KEPT_FOR = timedelta(days=90)
MAX_FORMER_USERNAMES = 10
DESCRIPTION_MAX_LENGTH = 1000
TIME_ZONE_MAX_LENGTH = 40
PROFILE_MAX_SKILLS = 30
SKILL_NAME_MAX_LENGTH = 40


class MeetTime(models.TextChoices):
    """When a person prefers to meet (선호 시간)."""

    WEEKDAYS = "weekdays", "주중"
    WEEKENDS = "weekends", "주말"
    ANY = "any", "상관없음"


class SkillCategory(models.TextChoices):
    """What a technology is for."""

    LANGUAGE = "language", "언어"
    FRONTEND = "frontend", "프론트엔드"
    BACKEND = "backend", "백엔드"
    MOBILE = "mobile", "모바일"
    AI = "ai", "AI"
    DATA = "data", "데이터"
    DATABASE = "database", "데이터베이스"
    DEVOPS = "devops", "인프라"
    GAME = "game", "게임"
    DESKTOP = "desktop", "데스크톱"
    HARDWARE = "hardware", "하드웨어"
    TOOL = "tool", "도구"


class Region(models.TextChoices):
    """The 17 provinces and metropolitan cities of Korea (활동 지역)."""

    SEOUL = "seoul", "서울"
    BUSAN = "busan", "부산"
    DAEGU = "daegu", "대구"
    INCHEON = "incheon", "인천"
    GWANGJU = "gwangju", "광주"
    DAEJEON = "daejeon", "대전"
    ULSAN = "ulsan", "울산"
    SEJONG = "sejong", "세종"
    GYEONGGI = "gyeonggi", "경기"
    GANGWON = "gangwon", "강원"
    CHUNGBUK = "chungbuk", "충북"
    CHUNGNAM = "chungnam", "충남"
    JEONBUK = "jeonbuk", "전북"
    JEONNAM = "jeonnam", "전남"
    GYEONGBUK = "gyeongbuk", "경북"
    GYEONGNAM = "gyeongnam", "경남"
    JEJU = "jeju", "제주"


class Language(models.TextChoices):
    """The languages of screens, mails and the server's sentences."""

    KOREAN = "ko", "한국어"
    ENGLISH = "en", "English"


class ChatPolicy(models.TextChoices):
    """Who gets a coffee chat (커피챗) with a person: after a request, at once, or not at all."""

    REQUEST = "request", "신청 받기"
    OPEN = "open", "바로 열기"
    CLOSED = "closed", "받지 않기"


class ImageKind(models.TextChoices):
    """What an image was uploaded for."""

    PROJECT = "project", "프로젝트"
    PROFILE = "profile", "프로필"
