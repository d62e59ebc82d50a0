import { Stack, Text, Title } from "@mantine/core";
import { TERMS_VERSION } from "@/api/auth";
import { PageTitle } from "@/components/page/PageTitle";
import { textsOf, useTranslation } from "@/i18n";

interface Section {
  title: string;
  text: string;
}

/** What one agrees to by signing up. */
export function TermsPage() {
  return <LegalPage name="terms" />;
}

/** What is kept of people, and what for. */
export function PrivacyPage() {
  return <LegalPage name="privacy" />;
}

function LegalPage({ name }: { name: "terms" | "privacy" }) {
  const { t, i18n } = useTranslation("legal");
  const sections = textsOf<Section[]>("legal", `${name}.sections`);
  // A day, wherever one reads it.
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long", timeZone: "UTC" });
  return (
    <Stack component="article" maw="var(--sp-read)" mx="auto" gap="xl">
      <PageTitle>{t(`${name}.title`)}</PageTitle>
      <div>
        <Title order={1}>{t(`${name}.title`)}</Title>
        <Text c="dimmed">{t("since", { date: date.format(new Date(TERMS_VERSION)) })}</Text>
      </div>
      {sections.map(({ title, text }) => (
        <section key={title}>
          <Title order={2} size="h4" mb={4}>
            {title}
          </Title>
          <Text>{text}</Text>
        </section>
      ))}
    </Stack>
  );
}
