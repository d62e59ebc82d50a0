"""What is said of a nickname or a skill that cannot be had, in the site's tone."""

import django.core.validators
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("user", "0009_people_newest")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="username",
            field=models.CharField(
                "닉네임",
                max_length=20,
                validators=[
                    django.core.validators.MinLengthValidator(2),
                    django.core.validators.RegexValidator(
                        r"\A(?=.*[0-9A-Za-z가-힣])[0-9A-Za-z가-힣_.-]+\Z",
                        "닉네임에는 한글, 영문, 숫자와 _ . - 만 쓸 수 있어요.",
                    ),
                ],
            ),
        ),
        migrations.AlterConstraint(
            model_name="skill",
            name="user_skill_name_unique_any_case",
            constraint=models.UniqueConstraint(
                Lower("name"),
                name="user_skill_name_unique_any_case",
                violation_error_message="이미 있는 기술 스택이에요.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="user",
            name="user_username_unique_any_case",
            constraint=models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique_any_case",
                violation_error_message="이미 쓰고 있는 닉네임이에요.",
            ),
        ),
    ]
