import { NativeSelect, Stack, TextInput } from "@mantine/core";
import { SkillPicker } from "@/components/form/SkillPicker";
import { useTranslation } from "@/i18n";
import { type Draft, STAGES } from "./drafts/draft";
import classes from "./EditorPage.module.css";
import { PicturesField } from "./PicturesField";
import { ThumbnailField } from "./ThumbnailField";

interface Props {
  draft: Draft;
  /** What is wrong with which field. */
  errors: Record<string, string>;
  onChange: (part: Partial<Draft>) => void;
}

/** What a project says alongside its text. */
export function ProjectFields({ draft, errors, onChange }: Props) {
  const { t } = useTranslation("editor");
  return (
    <div className={classes.top}>
      <Stack>
        <TextInput
          size="lg"
          label={t("title")}
          placeholder={t("titlePlaceholder")}
          required
          withAsterisk={false}
          autoFocus={!draft.title}
          maxLength={100}
          value={draft.title}
          error={errors.title}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
        <TextInput
          label={t("summary")}
          placeholder={t("summaryPlaceholder")}
          maxLength={200}
          value={draft.summary}
          error={errors.summary}
          onChange={(event) => onChange({ summary: event.currentTarget.value })}
        />
        <SkillPicker
          label={t("skills")}
          description={t("skillsHint")}
          placeholder={t("common:skills.add")}
          maxValues={10}
          value={draft.skills}
          error={errors.skills}
          onChange={(skills) => onChange({ skills })}
        />
        <TextInput
          label={t("github")}
          type="url"
          placeholder="https://github.com/…"
          maxLength={200}
          value={draft.github_url}
          error={errors.github_url}
          onChange={(event) => onChange({ github_url: event.currentTarget.value.trim() })}
        />
        <TextInput
          label={t("demo")}
          type="url"
          placeholder="https://…"
          maxLength={200}
          value={draft.demo_url}
          error={errors.demo_url}
          onChange={(event) => onChange({ demo_url: event.currentTarget.value.trim() })}
        />
        <NativeSelect
          label={t("stage")}
          data={STAGES.map((stage) => ({ value: stage, label: t(`common:stage.${stage}`) }))}
          value={draft.stage}
          error={errors.stage}
          onChange={(event) => {
            const chosen = STAGES.find((stage) => stage === event.currentTarget.value);
            if (chosen) onChange({ stage: chosen });
          }}
        />
      </Stack>
      <Stack>
        <ThumbnailField
          value={draft.thumbnail}
          title={draft.title}
          error={errors.thumbnail}
          onChange={(thumbnail) => onChange({ thumbnail })}
        />
        <PicturesField
          value={draft.pictures}
          error={errors.pictures}
          onChange={(pictures) => onChange({ pictures })}
        />
      </Stack>
    </div>
  );
}
